import {
  AllowlistIndex,
  EMPTY_CONTENT,
  type SnapshotKey,
  type SnapshotProfile,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import type { CallContext, CallOutcome, Caller } from '../pipeline';

const index = AllowlistIndex.create(EMPTY_CONTENT);

/** A caller as the gatekeeper recognises it. */
export function someCaller(
  key: Partial<SnapshotKey> = {},
  profile: Partial<SnapshotProfile> = {},
): Caller {
  return {
    key: {
      id: 'k',
      hash: '0'.repeat(64),
      profile: 'p',
      purpose: 'summarise',
      tier: 'internal',
      ...key,
    },
    profile: { id: 'p', title: 'P', enforcement: 'enforce', ...profile },
    mode: profile.enforcement ?? 'enforce',
    index,
    now: new Date(),
    credential: undefined,
  };
}

/** A call between its admission and its provider. */
export function someCall(fields: Partial<CallContext> = {}): CallContext {
  const body = fields.body ?? {
    model: 'acme/chat',
    messages: [{ role: 'user', content: 'Hello there' }],
  };
  const raw = Buffer.from(JSON.stringify(body));
  return {
    id: randomUUID(),
    route: 'chat',
    caller: someCaller(),
    trace: undefined,
    startedAt: performance.now(),
    model: 'acme/chat',
    body,
    raw,
    promptBytes: raw.length,
    streamed: false,
    admission: { gatewayId: 'acme/chat' },
    target: undefined,
    signal: new AbortController().signal,
    ...fields,
  };
}

/** How a good call ends. */
export function someOutcome(fields: Partial<CallOutcome> = {}): CallOutcome {
  return {
    status: 200,
    latencyMs: 12,
    responseBytes: 100,
    clientGone: false,
    attempts: 1,
    shortcut: false,
    provider: 'acme',
    providerModel: 'chat',
    ...fields,
  };
}
