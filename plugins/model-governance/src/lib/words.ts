import { parseEntityRef } from '@backstage/catalog-model';
import type {
  Approval,
  SignOffDemand,
  SignOffRole,
} from '@modelhub/backstage-plugin-models-common';

const roleNames: Record<SignOffRole, string> = {
  lead: 'team lead',
  security: 'security',
  legal: 'legal',
  risk: 'risk',
};

export function roleName(role: string): string {
  return roleNames[role as SignOffRole] ?? role;
}

/** `a`, `a and b`, `a, b and c`. */
export function listing(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

const waitingNames: Record<string, string> = {
  gates: 'the automatic checks',
  requester: 'the requester',
};

/** What a request waits for, or undefined when it waits for nothing. */
export function waitingForText(
  approval: Pick<Approval, 'waitingFor'>,
): string | undefined {
  if (approval.waitingFor.length === 0) return undefined;
  return listing(
    approval.waitingFor.map(one => waitingNames[one] ?? roleName(one)),
  );
}

/** How a reader calls a model when the catalog was not asked. */
export function modelTitle(
  approval: Pick<Approval, 'title' | 'entityRef'>,
): string {
  return approval.title ?? nameOfRef(approval.entityRef);
}

/** The name part of an entity ref; what is not a ref stays as it is. */
export function nameOfRef(ref: string): string {
  try {
    return parseEntityRef(ref).name;
  } catch {
    return ref;
  }
}

/** `2 people of security`. */
export function quorumText(demand: SignOffDemand): string {
  return demand.quorum === 1
    ? `One person as ${roleName(demand.role)}`
    : `${demand.quorum} different people as ${roleName(demand.role)}`;
}

export function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** `24 December 2026`, in the reader's own time. */
export function dateText(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime())
    ? at
    : date.toLocaleDateString('en-GB', { dateStyle: 'long' });
}

/** `24 Dec 2026, 14:05`, in the reader's own time. */
export function momentText(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime())
    ? at
    : date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
