import type { UsageRecord } from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';

/** Numbers from 0 to 1 that are the same in each run. */
export function drawFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Few models and teams make most of the calls. */
const few = (draw: () => number, of: number) => Math.floor(draw() ** 3 * of);

/** Calls of the minutes before a moment: 200 models, 40 teams, some errors. */
export function recordsBefore(now: Date, count: number): UsageRecord[] {
  const draw = drawFrom(11);
  return Array.from({ length: count }, (_, n) => {
    const team = few(draw, 40);
    const status = draw() < 0.02 ? 500 : 200;
    return {
      id: randomUUID(),
      at: new Date(
        now.getTime() - 120_000 + (n / count) * 120_000,
      ).toISOString(),
      route: 'chat',
      keyId: `key-${team}`,
      profile: `profile-${team}`,
      purpose: 'support',
      tier: 'internal',
      team: `group:default/team-${team}`,
      model: `acme/model-${few(draw, 200)}`,
      version: '1.0',
      grantId: 'grant',
      status,
      mode: 'enforce',
      streamed: true,
      attempts: 1,
      inputTokens: Math.floor(draw() * 4_000),
      outputTokens: Math.floor(draw() * 800),
      costMicros: Math.floor(draw() * 10_000),
      currency: 'EUR',
      latencyMs: 200 + draw() ** 4 * 20_000,
      firstByteMs: 50 + draw() * 400,
      promptBytes: 4_000,
      responseBytes: 2_000,
    };
  });
}
