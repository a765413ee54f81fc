import { mockServices } from '@backstage/backend-test-utils';
import type {
  KpiEvidence,
  Tier,
} from '@modelhub/backstage-plugin-models-common';
import {
  type SubmittedEvidence,
  systemClock,
} from '@modelhub/backstage-plugin-models-node';
import type { EvaluationMetric } from '@modelhub/governance-protocol';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { databaseIds, migratedDatabase } from '../../__testUtils__/databases';
import { gateSubject as subject } from '../__testUtils__/gateSubject';
import {
  contextWith,
  submitted,
} from '../evaluationRun/__testUtils__/submitted';
import { kpiGate } from './kpiGate';
import { KpiPacks } from './KpiPacks';
import { KpiPackStore } from './KpiPackStore';
import { parseKpiPack, thresholdAt } from './parseKpiPack';

const PACK = `
id: support
title: Support
owner: group:default/customer-care
maxAgeDays: 30
metrics:
  - id: solved-at-once
    title: Solved at once
    about: Share of tickets.
    unit: ratio
    direction: higher
    metric: { name: solved, statistic: rate, slice: language=de }
    suite: replay
    minimumSamples: 100
    thresholds: { internal: 0.5, customer-facing: 0.7 }
  - id: wrong
    title: Wrong promises
    unit: ratio
    direction: lower
    minimumSamples: 10
    thresholds: { customer-facing: 0.01 }
  - id: time
    title: Time
    unit: s
    direction: lower
    minimumSamples: 1
    thresholds: { internal: 60 }
    advice: true
`;

describe('a pack', () => {
  it('is read whole', () => {
    const pack = parseKpiPack('a.yaml', PACK);
    expect(pack).toMatchObject({
      id: 'support',
      maxAgeDays: 30,
      metrics: [{}, { metric: { name: 'wrong' }, advice: false }, {}],
    });
    expect(parseKpiPack('b.yaml', `# other\n${PACK}`).version).toBe(
      pack.version,
    );
    expect(
      parseKpiPack('a.yaml', PACK.replace('0.5', '0.51')).version,
    ).not.toBe(pack.version);
  });

  it.each<[Tier, { tier: Tier; value: number } | undefined]>([
    ['sandbox', undefined],
    ['internal', { tier: 'internal', value: 0.5 }],
    ['customer-facing', { tier: 'customer-facing', value: 0.7 }],
    ['regulated', { tier: 'customer-facing', value: 0.7 }],
  ])('asks at %s for %j', (tier, expected) => {
    const [metric] = parseKpiPack('a.yaml', PACK).metrics;
    expect(thresholdAt(metric, tier)).toEqual(expected);
  });

  it.each([
    ['id: support', 'id: Support Team', 'a.yaml: id: use lower-case letters'],
    ['id: wrong', 'id: time', "metrics.2.id: 'time' comes twice"],
    ['direction: higher', 'direction: up', 'metrics.0.direction:'],
    ['minimumSamples: 10\n', 'samples: 10\n', 'metrics.1'],
    ['internal: 0.5', 'internal: 0.9', 'asks for less than internal'],
    ['internal: 0.5', 'internal: 50', 'a ratio lies between 0 and 1'],
    ['{ customer-facing: 0.01 }', '{}', 'set at least one tier'],
    ['{ customer-facing: 0.01 }', '{ public: 1 }', 'metrics.1.thresholds'],
    ['owner: group:default/customer-care', 'owner: us', 'full reference'],
    ['metrics:', 'metrics: [', 'not YAML'],
  ])('with %j as %j is refused', (from, to, message) => {
    expect(() => parseKpiPack('a.yaml', PACK.replace(from, to))).toThrow(
      message,
    );
  });

  it('is shipped', () => {
    const file = resolve(
      __dirname,
      '../../../../../policies/packs/customer-support.yaml',
    );
    const pack = parseKpiPack('x', readFileSync(file, 'utf8'));
    expect(pack.metrics.map(({ id }) => id)).toContain(
      'first-contact-resolution',
    );
  });
});

describe('the folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'packs-'));
    mkdirSync(join(folder, 'team'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (file: string, text: string) =>
    writeFileSync(join(folder, file), text);
  const logger = mockServices.logger.mock();
  const open = (path = folder) => KpiPacks.create({ path, logger });
  const titles = (packs: KpiPacks) => packs.all().map(({ title }) => title);

  it('is read with its sub-folders, and again when it changes', async () => {
    write('team/a.yaml', PACK);
    write('note.txt', 'no pack');
    const packs = await open();
    expect(titles(packs)).toEqual(['Support']);
    write('team/a.yaml', PACK.replace('title: Support', 'title: Help'));
    await packs.reload();
    expect(titles(packs)).toEqual(['Help']);
    rmSync(join(folder, 'team/a.yaml'));
    await packs.reload();
    expect(titles(packs)).toEqual([]);
  });

  it('keeps what was good last when a file breaks', async () => {
    write('a.yaml', PACK);
    const packs = await open();
    write('a.yaml', PACK.replace('ratio', 'ratio\n  oops'));
    await packs.reload();
    expect(titles(packs)).toEqual(['Support']);
    expect(packs.problems()).toEqual([expect.stringContaining('a.yaml: ')]);
    write('a.yaml', PACK);
    await packs.reload();
    expect(packs.problems()).toEqual([]);
  });

  it('takes an id once', async () => {
    write('a.yaml', PACK);
    write('b.yaml', PACK);
    const packs = await open();
    expect(packs.all()).toHaveLength(1);
    expect(packs.problems()).toEqual([
      "b.yaml: id: 'support' is that of a.yaml; give it another id",
    ]);
  });

  it('need not be there', async () => {
    expect(titles(await open(join(folder, 'none')))).toEqual([]);
  });

  it.each(databaseIds)(
    'keeps what was good last over a restart, %s',
    async databaseId => {
      const { transactions } = await migratedDatabase(databaseId);
      const history = KpiPackStore.create({ transactions, clock: systemClock });
      const start = () => KpiPacks.create({ path: folder, logger, history });
      write('a.yaml', PACK);
      write('b.yaml', PACK.replace('id: support', 'id: other'));
      await start();
      write('a.yaml', 'broken');
      rmSync(join(folder, 'b.yaml'));
      const packs = await start();
      expect(packs.all().map(({ id }) => id)).toEqual(['support']);
      expect(packs.problems()).toHaveLength(1);
      expect(await history.last()).toEqual([{ file: 'a.yaml', text: PACK }]);
    },
  );
});

describe('the gate', () => {
  const pack = parseKpiPack('a.yaml', PACK);
  const gate = kpiGate({
    get: id => (id === pack.id ? pack : undefined),
    all: () => [pack],
    problems: () => ['b.yaml: broken'],
  });
  const solved = (
    value: number,
    changes: Partial<EvaluationMetric> = {},
  ): EvaluationMetric => ({
    name: 'solved',
    value,
    unit: 'ratio',
    statistic: 'rate',
    slice: 'language=de',
    samples: 200,
    ...changes,
  });
  const wrong = (value: number): EvaluationMetric => ({
    name: 'wrong',
    value,
    unit: 'ratio',
    samples: 50,
  });
  const replay = { run: { suite: { name: 'replay' } } };

  async function evaluate(
    tier: Tier,
    evidence: SubmittedEvidence[],
    params: { pack: string; maxAgeDays?: number } = { pack: 'support' },
  ) {
    const outcome = await gate.evaluate(
      subject({ tier }),
      params,
      contextWith(...evidence),
    );
    return {
      ...outcome,
      ids: outcome.findings.map(({ id }) => id),
      evidence: outcome.evidence as KpiEvidence | undefined,
    };
  }

  it('waits for what the tier asks, and says what each metric is', async () => {
    const outcome = await evaluate('internal', []);
    expect(outcome).toMatchObject({
      verdict: 'needs-evidence',
      summary:
        'Support: nothing that counts was submitted about Solved at once.',
    });
    expect(outcome.findings[0]).toMatchObject({
      id: 'not-measured-solved-at-once',
      severity: 'medium',
      howToFix:
        "Submit an evaluation run with the metric 'solved' rate of language=de with the suite replay in ratio, over at least 100 samples. It is: Share of tickets.",
    });
  });

  it('passes where every threshold is reached, from several runs', async () => {
    const outcome = await evaluate('customer-facing', [
      submitted([solved(0.72, { interval: [0.7, 0.75] })], {
        id: 'a',
        ...replay,
      }),
      submitted([wrong(0.01)], { id: 'b' }),
    ]);
    expect(outcome.verdict).toBe('pass');
    expect(outcome.summary).toBe(
      'Support: all 2 metrics reach what the tier asks.',
    );
    expect(outcome.evidence).toMatchObject({
      pack: { id: 'support', version: pack.version },
      metrics: [
        {
          id: 'solved-at-once',
          standing: 'met',
          target: 0.7,
          tier: 'customer-facing',
          run: { evidenceId: 'a' },
        },
        { id: 'wrong', standing: 'met', run: { evidenceId: 'b' } },
        { id: 'time', standing: 'not-measured', advice: true },
      ],
    });
    expect(outcome.findings).toMatchObject([
      { id: 'not-measured-time', severity: 'info' },
    ]);
  });

  it('fails where one is not', async () => {
    const outcome = await evaluate('customer-facing', [
      submitted([solved(0.6), wrong(0.02)], replay),
    ]);
    expect(outcome.verdict).toBe('fail');
    expect(outcome.findings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'Solved at once: 60 %, and at least 70 % is asked for.',
        'Wrong promises: 2 %, and at most 1 % is asked for.',
      ]),
    );
  });

  it('warns where it is not sure', async () => {
    const outcome = await evaluate('internal', [
      submitted([solved(0.51, { interval: [0.4, 0.6] })], replay),
    ]);
    expect(outcome.verdict).toBe('warn');
    expect(outcome.ids).toContain('uncertain-solved-at-once');
  });

  it.each<[string, SubmittedEvidence]>([
    ['another suite', submitted([solved(0.9)])],
    [
      'another slice',
      submitted([solved(0.9, { slice: 'language=en' })], replay),
    ],
    ['too few samples', submitted([solved(0.9, { samples: 99 })], replay)],
    [
      'a run that is too old',
      submitted([solved(0.9)], { ...replay, days: 31 }),
    ],
  ])('takes no account of %s', async (_, evidence) => {
    expect((await evaluate('internal', [evidence])).verdict).toBe(
      'needs-evidence',
    );
  });

  it('lets a policy ask for newer runs than the pack does', async () => {
    const run = submitted([solved(0.9)], { ...replay, days: 8 });
    const within = async (maxAgeDays: number) => {
      const outcome = await evaluate('internal', [run], {
        pack: 'support',
        maxAgeDays,
      });
      return [outcome.verdict, outcome.evidence?.maxAgeDays];
    };
    expect(await within(7)).toEqual(['needs-evidence', 7]);
    expect(await within(400)).toEqual(['pass', 30]);
  });

  it('passes at a tier that asks for nothing', async () => {
    expect(await evaluate('sandbox', [])).toMatchObject({
      verdict: 'pass',
      summary: 'Support: the tier asks for nothing of it.',
    });
  });

  it('cannot run without its pack, and says which there are', async () => {
    expect(await evaluate('internal', [], { pack: 'sales' })).toEqual(
      expect.objectContaining({
        verdict: 'error',
        isFinal: true,
        summary: expect.stringMatching(/'sales'; there are support\..*b\.yaml/),
      }),
    );
  });

  it('asks again when a pack changes', () => {
    const key = (version: string) =>
      kpiGate({
        get: () => pack,
        all: () => [{ ...pack, version }],
        problems: () => [],
      }).cacheKey?.(subject());
    expect(key('1')).not.toBe(key('2'));
  });

  it('refuses parameters without a pack', () => {
    expect(() => gate.validateParams?.({})).toThrow("required property 'pack'");
  });
});
