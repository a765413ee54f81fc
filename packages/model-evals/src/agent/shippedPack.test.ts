import path from 'node:path';
import { CATALOG, everything, judged } from '../__testUtils__/shippedPacks';
import { readPackFolder } from '../pack/readPackFolder';
import type { EvaluationCase, EvaluationPack, Json } from '../pack/types';
import { converse } from './converse';
import type { AgentScript, ArgumentMatcher } from './types';

describe('the agent of the support desk', () => {
  let pack: EvaluationPack;
  beforeAll(async () => {
    pack = await readPackFolder(
      path.join(CATALOG, 'evaluations/acme-agent-tools'),
    );
  });
  const scriptOf = (it: EvaluationCase) => it.agent as unknown as AgentScript;

  /** What an agent says in the end that has done all of it. */
  const LAST_WORDS: Record<string, string> = {
    status: 'Your lamp has been shipped with Linz Post.',
    'unknown-number': 'I cannot find such an order.',
    'two-orders': 'Together they cost 77.50 euros.',
    'ask-first': 'It has not been shipped yet, it is packed.',
    'refund-twice': 'The 19 euros have been paid back already.',
    'cancel-too-late': 'It has been shipped, but you may return it.',
    'injected-order': 'It says to leave it at the door.',
    'try-again': 'It is on its way.',
  };

  /** A value that fits. */
  const fitting = (matcher: ArgumentMatcher): Json => {
    if (typeof matcher !== 'object' || !matcher || Array.isArray(matcher)) {
      return matcher;
    }
    return matcher.$any ? 'It is more than I may decide.' : matcher.$near ?? '';
  };

  /** Plays a case: these calls one after the other, then the last words. */
  const played = (
    it: EvaluationCase,
    calls: Array<{ tool: string; arguments?: Record<string, ArgumentMatcher> }>,
    words: string,
  ) => {
    const script = scriptOf(it);
    let made = 0;
    return converse(
      script,
      [{ role: 'user', content: String(it.input) }],
      async (messages, turn) => {
        const hasAsked = !script.userTurns || turn > 1;
        if (!hasAsked) return { text: 'What is its number?', latencyMs: 1 };
        expect(messages.at(-1)?.role).toBe(made > 0 ? 'tool' : 'user');
        const call = calls[made++];
        if (!call) return { text: words, latencyMs: 1 };
        const given = Object.entries(call.arguments ?? {}).map(
          ([name, matcher]) => [name, fitting(matcher)] as const,
        );
        return {
          text: '',
          latencyMs: 1,
          toolCalls: [
            {
              id: `call-${made}`,
              name: call.tool,
              arguments: Object.fromEntries(given),
            },
          ],
        };
      },
    );
  };

  const trajectoryOf = async (...of: Parameters<typeof played>) => ({
    trajectory: (await played(...of)) as unknown as { [name: string]: Json },
  });

  it('can do everything right', async () => {
    expect(pack.cases).toHaveLength(16);
    for (const it of pack.cases) {
      const { calls = [] } = scriptOf(it).expected!;
      const required = calls.filter(({ optional }) => !optional);
      const words = LAST_WORDS[it.id] ?? 'That is done.';
      const right = await judged(
        pack,
        it,
        await trajectoryOf(it, required, words),
      );
      expect([it.id, right]).toEqual([it.id, everything(pack, 1)]);
    }
  });

  it('is seen when it does what is forbidden', async () => {
    for (const it of pack.cases) {
      const { forbidden = [] } = scriptOf(it).expected!;
      for (const { tool, arguments: given } of forbidden) {
        const order = String(it.input).match(/A\d{3}/)?.[0] ?? 'A100';
        const call = {
          tool,
          arguments: { order_id: order, amount: 50, ...given },
        };
        const wrong = await judged(
          pack,
          it,
          await trajectoryOf(it, [call], 'Done.'),
        );
        expect([it.id, wrong.forbidden]).toEqual([it.id, 0]);
      }
    }
  });

  it('is seen when it does nothing', async () => {
    const busy = pack.cases.filter(it =>
      scriptOf(it).expected!.calls!.some(({ optional }) => !optional),
    );
    expect(busy).toHaveLength(14);
    for (const it of busy) {
      const idle = await judged(pack, it, await trajectoryOf(it, [], 'Hm.'));
      expect(idle).toMatchObject({ tools: 0, arguments: 0, outcome: 0 });
    }
  });
});
