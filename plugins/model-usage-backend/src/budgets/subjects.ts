import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { BudgetKind } from '@modelhub/governance-protocol';
import type { Sight } from '../access';

/** Who or what spends. */
export interface BudgetSubject {
  kind: BudgetKind;
  subject: string;
}

/**
 * `kind:subject`, under which budgets and what was spent are kept.
 *
 * @throws InputError when the subject is none of its kind
 */
export function idOf(kind: BudgetKind, subject: string): string {
  if (/\p{Cc}/u.test(subject)) {
    throw new InputError('The subject holds control characters.');
  }
  return `${kind}:${kind === 'team' ? canonicalRef(subject) : subject}`;
}

/** What {@link idOf} was made of. */
export function subjectOf(id: string): BudgetSubject {
  const colon = id.indexOf(':');
  return {
    kind: id.slice(0, colon) as BudgetKind,
    subject: id.slice(colon + 1),
  };
}

/** The ids that somebody sees; all without. */
export function idsSeen(sight: Sight): string[] | undefined {
  if (sight.all) return undefined;
  return [
    ...sight.profiles.map(id => `profile:${id}`),
    ...sight.teams.map(ref => `team:${ref}`),
    ...sight.keys.map(id => `key:${id}`),
  ];
}

export function isSeen(id: string, sight: Sight): boolean {
  return idsSeen(sight)?.includes(id) ?? true;
}

/** @throws InputError when it is no entity reference */
export function canonicalRef(ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `'${ref}' is not an entity reference such as group:default/checkout.`,
    );
  }
}
