import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { ObjectiveInput } from '@modelhub/backstage-plugin-models-common';
import { canonicalRef } from '../budgets';
import { hasLimit, planeOf, type Aim, type Terms } from './types';

export const missing = (id: string) =>
  new NotFoundError(`There is no objective ${id}, or you may not see it.`);

export const taken = () =>
  new ConflictError(
    'There is such an objective already. Change that one, or choose another limit.',
  );

export const changedSince = () =>
  new ConflictError(
    'Somebody else changed this objective meanwhile. Load it again and look at what is new.',
  );

/** @throws InputError */
export function aimOf(input: ObjectiveInput): Aim {
  const plane = planeOf(input.kind);
  if (plane === 'data' && input.model === undefined) {
    throw new InputError(
      `Which model is it? Send its gateway id as model with an objective of kind ${input.kind}.`,
    );
  }
  if (
    plane === 'control' &&
    (input.model ?? input.modelVersion) !== undefined
  ) {
    throw new InputError(
      `An objective of kind ${input.kind} is about all gateways or the portal. Leave model and modelVersion out.`,
    );
  }
  return {
    plane,
    kind: input.kind,
    model: input.model ?? '',
    modelVersion: input.modelVersion ?? '',
  };
}

/** @throws InputError */
export function termsOf(
  kind: Aim['kind'],
  input: Pick<ObjectiveInput, 'target' | 'limitMs' | 'windowDays' | 'notify'>,
): Terms {
  if (hasLimit(kind) !== (input.limitMs !== undefined)) {
    throw new InputError(
      hasLimit(kind)
        ? `Within how many milliseconds is something good? Send limitMs with an objective of kind ${kind}.`
        : `An objective of kind ${kind} has no limit. Leave limitMs out.`,
    );
  }
  return {
    targetPpm: Math.round(input.target * 1e6),
    limitMs: input.limitMs ?? 0,
    windowDays: input.windowDays,
    notify: [...new Set((input.notify ?? []).map(canonicalRef))],
  };
}
