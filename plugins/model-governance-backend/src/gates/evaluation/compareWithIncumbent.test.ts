import type { JsonObject } from '@backstage/types';
import type { GateIncumbent } from '@modelhub/backstage-plugin-models-node';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import {
  incumbentWith,
  pack,
  resultOf,
  simulated,
  submittedResult,
} from '../evaluationPack/__testUtils__/results';
import { submitted as submittedRun } from '../evaluationRun/__testUtils__/submitted';
import { evaluate, tickets } from './__testUtils__/evaluate';

describe('beside the incumbent', () => {
  const CASES = 300;
  const of = (share: number, seed: number, cases = CASES) =>
    resultOf(tickets, { label: simulated(cases, share, seed) });
  const theirs = (share: number, seed: number, cases = CASES) =>
    incumbentWith(
      submittedResult(
        {
          ...of(share, seed, cases),
          target: { gatewayId: 'meta/old' },
        },
        { id: 'i1' },
      ),
    );
  const compare = (
    mine: EvaluationResult,
    incumbent: GateIncumbent,
    regression: JsonObject = {},
  ) =>
    evaluate({
      packs: [pack({ criteria: [] })],
      submitted: [submittedResult(mine)],
      incumbent,
      params: { regression: { margin: 0.05, ...regression } },
    });

  it('noise does not fail, however it falls', async () => {
    const verdicts = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const outcome = await compare(
          of(0.8, 100 + index, 150),
          theirs(0.8, 500 + index, 150),
        );
        return outcome.verdict;
      }),
    );
    expect(verdicts).not.toContain('fail');
  });

  it('a real drop does, and says how much worse than what', async () => {
    const outcome = await compare(of(0.65, 3), theirs(0.85, 4));
    expect(outcome.verdict).toBe('fail');
    expect(outcome.ids).toContain('worse-tickets-label');
    expect(outcome.summary).toMatch(
      /Pack tickets: significantly worse than model:meta\/old 0\.9 by more than 5 points: Share of right labels \d+\.?\d* % against \d+\.?\d* % \(difference between -\d+\.?\d* points and -\d+\.?\d* points\)\./,
    );
    expect(outcome.evidence.packs[0]).toMatchObject({
      standing: 'missed',
      incumbent: {
        entityRef: 'model:meta/old',
        because: 'The model supersedes model:meta/old.',
        run: { evidenceId: 'i1' },
      },
      comparisons: [
        { metric: 'label', pairs: CASES, margin: 0.05, standing: 'worse' },
      ],
    });
  });

  it.each<[boolean, string]>([
    [false, 'warn'],
    [true, 'needs-evidence'],
  ])(
    'with too few cases to say, required %s: %s',
    async (required, verdict) => {
      const outcome = await compare(of(0.7, 3, 20), theirs(0.75, 4, 20), {
        required,
      });
      expect(outcome.verdict).toBe(verdict);
      expect(outcome.ids).toContain('unclear-tickets');
    },
  );

  it('asks for its result on the same version of the pack', async () => {
    const older = {
      ...of(0.8, 4),
      target: { gatewayId: 'meta/old' },
      suite: { name: 'tickets', version: '1.0.0' },
    };
    const incumbent = incumbentWith(submittedResult(older));
    const outcome = await compare(of(0.8, 3), incumbent, { required: true });
    expect(outcome.verdict).toBe('needs-evidence');
    expect(outcome.findings[0].howToFix).toContain('--model meta/old@0.9');
    expect(outcome.evidence.packs[0].incumbent).not.toHaveProperty('run');
    const lenient = await compare(of(0.8, 3), incumbent);
    expect(lenient.verdict).toBe('warn');
  });

  it('does not take the worst of many metrics for a loss', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `m${index}`);
    const scorers = names.map(name => ({ name, type: 'normalised-match' }));
    const many = pack({ criteria: [], scorers });
    // One of six is worse, so that it would count if it stood alone.
    const mine = Array.from({ length: 40 }, (_, i) => (i < 33 ? 1 : 0));
    const column = (name: string, other: number[]) => [name, other] as const;
    const same = Array.from({ length: 40 }, () => 1);
    const of6 = (own: number[]) =>
      resultOf(
        many,
        Object.fromEntries(
          names.map((name, index) => column(name, index === 0 ? own : same)),
        ),
      );
    const incumbent = incumbentWith(
      submittedResult({ ...of6(same), target: { gatewayId: 'meta/old' } }),
    );
    const held = (metrics?: string[]) =>
      evaluate({
        packs: [many],
        submitted: [submittedResult(of6(mine))],
        incumbent,
        params: {
          regression: {
            margin: 0.06,
            confidence: 0.9,
            ...(metrics && { metrics }),
          },
        },
      });
    const alone = await held(['m0']);
    const [{ pValue: p }] = alone.evidence.packs[0].comparisons;
    expect(alone.verdict).toBe('fail');
    const together = await held();
    const [first] = together.evidence.packs[0].comparisons;
    expect(first.pValue).toBeCloseTo(6 * p, 8);
    expect(first.standing).toBe('unclear');
    expect(together.verdict).toBe('warn');
  });

  it('takes no run without single cases', async () => {
    const run = submittedRun([{ name: 'label', value: 0.9, unit: 'ratio' }], {
      run: { suite: { name: 'tickets', version: '1.1.0' } },
    });
    const outcome = await evaluate({
      submitted: [run],
      incumbent: theirs(0.8, 4),
      params: { regression: { margin: 0.02, required: true } },
    });
    expect(outcome.verdict).toBe('needs-evidence');
    expect(outcome.ids).toEqual(['no-cases-tickets']);
  });

  it('has nothing to fear where nothing serves the purpose, or nobody asks', async () => {
    const submitted = [submittedResult(of(0.9, 3))];
    const alone = await evaluate({
      submitted,
      params: { regression: { margin: 0.02 } },
    });
    expect(alone.verdict).toBe('pass');
    const unasked = await evaluate({ submitted, incumbent: theirs(1, 4) });
    expect(unasked.verdict).toBe('pass');
    expect(unasked.evidence.packs[0].incumbent).toBeUndefined();
  });
});
