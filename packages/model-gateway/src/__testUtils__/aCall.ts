import {
  AllowlistIndex,
  EMPTY_CONTENT,
  SnapshotProfile,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import type {
  AnswerTransform,
  CallContext,
  CallHandle,
  CallOutcome,
  RouteName,
} from '../pipeline';

type Fields = Record<string, unknown>;

/** A call of key `k` in a profile with these settings. */
export function aCall(
  profile: Partial<SnapshotProfile>,
  options: {
    body?: Fields;
    raw?: Buffer;
    route?: RouteName;
    trace?: string;
    keyId?: string;
    model?: string;
    version?: string;
    grantId?: string;
    signal?: AbortSignal;
    now?: Date;
  } = {},
): CallContext {
  const id = profile.id ?? 'p';
  const { body, model = 'acme/chat' } = options;
  const raw = options.raw ?? Buffer.from(JSON.stringify(body ?? {}));
  return {
    id: randomUUID(),
    route: options.route ?? 'chat',
    caller: {
      key: {
        id: options.keyId ?? 'k',
        hash: 'h',
        profile: id,
        purpose: 'u',
        tier: 'internal',
      },
      profile: { id, title: id, enforcement: 'enforce', ...profile },
      mode: 'enforce',
      index: AllowlistIndex.create(EMPTY_CONTENT),
      now: options.now ?? new Date('2026-11-21T12:00:00Z'),
      credential: undefined,
    },
    trace: options.trace,
    startedAt: 0,
    model,
    body,
    raw,
    promptBytes: raw.length,
    streamed: body?.stream === true,
    admission: {
      gatewayId: model,
      grant: {
        id: options.grantId ?? 'g',
        gatewayId: model,
        version: options.version ?? '1.0',
        tier: 'internal',
        purpose: 'u',
        profile: id,
        expiresAt: '2030-01-01T00:00:00Z',
        approvedAt: '2026-01-01T00:00:00Z',
      },
    },
    target: undefined,
    signal: options.signal ?? new AbortController().signal,
  };
}

export const outcomeOf = (fields: Partial<CallOutcome> = {}): CallOutcome => ({
  status: 200,
  latencyMs: 1,
  responseBytes: 1,
  clientGone: false,
  attempts: 1,
  shortcut: false,
  ...fields,
});

/** What a caller is sent of a stream: its events, each after the other. */
export function streamed(
  answer: AnswerTransform | undefined,
  events: object[],
): Fields[] {
  const transform = answer?.events?.();
  const out = events.flatMap(
    event => transform?.event(JSON.stringify(event)) ?? [],
  );
  return [...out, ...[transform?.end() ?? []].flat()].map(data =>
    JSON.parse(data),
  );
}

/** The handle of a stage that begins without waiting. */
export function handleOf(
  begun: undefined | CallHandle | Promise<undefined | CallHandle>,
): CallHandle {
  if (!begun || begun instanceof Promise) {
    throw new Error('The stage has no handle at once');
  }
  return begun;
}

/** What is thrown, by its code. */
export function codeOf(work: () => unknown): string {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
