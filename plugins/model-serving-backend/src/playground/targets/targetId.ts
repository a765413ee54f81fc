import { InputError } from '@backstage/errors';

/** What a target's id says. */
export type TargetId =
  | { kind: 'endpoint'; id: string }
  | { kind: 'model'; gatewayId: string; modelVersion: string };

/** @throws InputError for what is no id of a target */
export function parseTargetId(text: string): TargetId {
  const endpoint = /^endpoint:([A-Za-z0-9_-]{1,64})$/.exec(text);
  if (endpoint) return { kind: 'endpoint', id: endpoint[1] };
  const model = /^model:([^@\s]{1,255})@([^@\s]{1,100})$/.exec(text);
  if (model) {
    return { kind: 'model', gatewayId: model[1], modelVersion: model[2] };
  }
  throw new InputError(
    `'${text.slice(
      0,
      100,
    )}' is no target. GET /playground/targets lists them, such as endpoint:ep-1 or model:acme/chat@1.0.`,
  );
}

export const formatTargetId = (it: TargetId): string =>
  it.kind === 'endpoint'
    ? `endpoint:${it.id}`
    : `model:${it.gatewayId}@${it.modelVersion}`;
