import type { Program } from '../../packages/model-gateway/src/__testUtils__/faults/Program';
import { setTimeout as delay } from 'node:timers/promises';
import { MODELS } from './catalog';
import type { Credential } from './KeyRing';
import type { PortalClient } from './PortalClient';

/** The mark of calls that only look whether everything works. */
export const AFTERWARDS = 'afterwards';

/** For everything to be as it should when nothing is killed any more. */
const REST_MS = 30_000;

interface Expected {
  portal: PortalClient;
  open: string[];
  shut: string[];
  good: Array<Credential | undefined>;
  dead: Credential | undefined;
}

/** @returns a sentence for each thing that stays as it must not be */
export async function checkGateways(
  gateways: readonly Program[],
  { portal, open, shut, good, dead }: Expected,
): Promise<string[]> {
  const found: string[] = [];
  const check = async (what: string, works: () => Promise<unknown>) => {
    const end = Date.now() + REST_MS;
    let last: unknown;
    do {
      last = await works();
      if (last === true) {
        return;
      }
      await delay(100);
    } while (Date.now() < end);
    found.push(`${what}: ${last}`);
  };
  const [steady] = good;
  for (const gateway of gateways) {
    const expect = (
      model: string,
      credential: Credential | undefined,
      status: number,
    ) =>
      check(
        `${model} with ${credential?.credential} at ${gateway.name} must be answered ${status}`,
        async () => {
          const got = await statusOf(gateway, model, credential?.secret ?? '');
          return got === status || got;
        },
      );
    for (const model of open) {
      await expect(model, steady, 200);
    }
    for (const model of shut) {
      await expect(model, steady, 403);
    }
    for (const credential of good) {
      await expect(MODELS.always, credential, 200);
    }
    if (dead) {
      await expect(MODELS.always, dead, 401);
    }
  }
  await check('The ledger must verify', async () => {
    const { ok, ...rest } = await portal.call<{ ok: boolean }>(
      'ada',
      'GET',
      'model-governance/ledger/verification',
    );
    return ok || JSON.stringify(rest);
  });
  await check('No request may be left with its gates', async () => {
    const { items } = await portal.call<{ items: unknown[] }>(
      'ada',
      'GET',
      'model-governance/approvals?state=checking',
    );
    return items.length === 0 || JSON.stringify(items);
  });
  return found;
}

async function statusOf(
  gateway: Program,
  model: string,
  secret: string,
): Promise<number | undefined> {
  try {
    const answer = await fetch(
      `http://127.0.0.1:${gateway.port}/v1/chat/completions`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secret}`,
          'content-type': 'application/json',
          'x-modelhub-trace': AFTERWARDS,
        },
        body: JSON.stringify({
          model,
          max_tokens: 16,
          messages: [{ role: 'user', content: AFTERWARDS }],
        }),
        signal: AbortSignal.timeout(10_000),
      },
    );
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}
