import { ConfigReader } from '@backstage/config';
import type {
  DataBoundaryEvidence,
  ModelSpecV1alpha1,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';
import type { JsonObject } from '@backstage/types';
import { gateContext } from '../__testUtils__/gateContext';
import { dataBoundaryGate } from './dataBoundaryGate';
import {
  readDataBoundaryConfig,
  type DataBoundaryConfig,
} from './readDataBoundaryConfig';

const NOW = new Date('2026-11-20T12:00:00Z');

async function ask(
  spec: Partial<ModelSpecV1alpha1>,
  purpose: Partial<Purpose>,
  options: {
    params?: JsonObject;
    config?: Partial<DataBoundaryConfig>;
    selfHosted?: boolean;
  } = {},
) {
  const gate = dataBoundaryGate({ providers: {}, ...options.config });
  const outcome = await gate.evaluate(
    {
      entity: {
        apiVersion: 'modelhub.dev/v1alpha1',
        kind: 'Model',
        metadata: { name: 'm' },
        spec: {
          type: 'llm',
          lifecycle: 'active',
          owner: 'group:default/ml',
          provider: 'acme',
          gatewayId: 'acme/m',
          ...spec,
        },
      },
      entityRef: 'model:default/m',
      version: options.selfHosted
        ? { name: '1', artifact: { uri: 'hf://a/b' } }
        : { name: '1', providerModelId: 'm-1', snapshot: '2026-01-01' },
      pin: 'p',
      decisionFactsHash: 'sha256:bb',
      tier: 'internal',
      purpose: {
        id: 'p',
        title: 'P',
        dataClasses: [],
        regions: [],
        ...purpose,
      },
      profile: 'team',
    },
    { unknown: 'fail', ...options.params },
    gateContext({ now: NOW }),
  );
  const evidence = outcome.evidence as unknown as DataBoundaryEvidence;
  return {
    ...outcome,
    fits: Object.fromEntries(
      evidence.rows.map(row => [
        `${row.question} ${row.classes.join('+')}`,
        row.fits,
      ]),
    ),
    evidence,
  };
}

const personal: Partial<Purpose> = {
  dataClasses: ['public', 'personal'],
  regions: ['eu'],
  maxRetentionDays: 30,
};
const eu = { data: { regions: ['EU'], retentionDays: 30 } };

describe('data boundary', () => {
  it('holds each class of data against region, retention and training', async () => {
    const outcome = await ask({ provider: 'mistralai', ...eu }, personal);
    expect(outcome).toMatchObject({
      verdict: 'pass',
      summary: 'The data of "P" stays within its boundary.',
      findings: [],
      fits: {
        'region public+personal': 'yes',
        'retention public+personal': 'yes',
        'training personal': 'yes',
      },
      evidence: {
        kind: 'data-boundary',
        runBy: 'provider',
        rows: [
          { asked: 'only in eu', said: 'eu', source: { by: 'model' } },
          { asked: 'at most 30 days', said: '30 days' },
          {
            asked: 'no model may learn from it',
            said: 'no model learns from it',
            source: { by: 'provider', asOf: '2026-11-01' },
          },
        ],
      },
    });
  });

  it.each<[string, Partial<ModelSpecV1alpha1>, Partial<Purpose>, string]>([
    [
      'another region',
      { data: { regions: ['us'], retentionDays: 0 } },
      personal,
      'only in eu',
    ],
    [
      'one region too many',
      { data: { regions: ['eu', 'us'], retentionDays: 0 } },
      personal,
      'only in eu',
    ],
    [
      'a region under another name, as in the gateway',
      { data: { regions: ['eu-west-1'], retentionDays: 0 } },
      personal,
      'only in eu',
    ],
    [
      'kept too long',
      { data: { regions: ['eu'], retentionDays: 31 } },
      personal,
      'at most 30 days',
    ],
    [
      'kept at all',
      { data: { regions: ['eu'], retentionDays: 1 } },
      { ...personal, maxRetentionDays: 0 },
      'not at all',
    ],
  ])('fails for %s', async (_, spec, purpose, words) => {
    const outcome = await ask(spec, purpose, {
      params: { silenceFineFor: ['public', 'personal'] },
    });
    expect(outcome.verdict).toBe('fail');
    expect(outcome.summary).toContain(words);
    expect(outcome.findings[0].howToFix).toMatch(/Choose/);
  });

  it('takes the provider’s published word where nobody says anything else', async () => {
    const outcome = await ask(
      { provider: 'openai' },
      { ...personal, regions: [] },
    );
    expect(outcome).toMatchObject({
      verdict: 'pass',
      fits: {
        'region public+personal': 'not-asked',
        'retention public+personal': 'yes',
      },
    });
    expect(outcome.evidence.rows[1].source).toEqual({
      by: 'provider',
      url: 'https://developers.openai.com/api/docs/guides/your-data',
      asOf: '2026-11-01',
    });
    expect(
      await ask({ provider: 'deepseek' }, { dataClasses: ['internal'] }),
    ).toMatchObject({
      verdict: 'fail',
      summary:
        'Data (internal): no model may learn from it, but the provider says that models learn from it unless one objects.',
    });
  });

  it('puts what the organisation agreed on above it', async () => {
    const config = {
      providers: {
        openai: {
          regions: ['eu'],
          retentionDays: 0,
          trainsOnInputs: 'no' as const,
          url: 'https://wiki/contract',
        },
      },
    };
    const outcome = await ask({ provider: 'OpenAI' }, personal, { config });
    expect(outcome.verdict).toBe('pass');
    expect(outcome.evidence.rows[0]).toMatchObject({
      said: 'eu',
      source: { by: 'organisation', url: 'https://wiki/contract' },
    });
  });

  it.each(['note', 'warn', 'fail'])(
    'says %s where the file promises more than the provider',
    async disputed => {
      const outcome = await ask(
        { provider: 'openai', data: { regions: ['eu'], retentionDays: 0 } },
        personal,
        {
          params: { disputed },
        },
      );
      expect(outcome.verdict).toBe(disputed === 'note' ? 'pass' : disputed);
      expect(outcome.findings.map(({ message }) => message)).toEqual([
        "The model's file says eu; the provider publishes us.",
        "The model's file says not at all; the provider publishes 30 days.",
      ]);
    },
  );

  it.each(['warn', 'needs-evidence', 'fail'])(
    'lets the policy say that silence means %s, but for public data',
    async unknown => {
      const params = { unknown };
      expect((await ask({}, personal, { params })).verdict).toBe(unknown);
      const open = { ...personal, dataClasses: ['public' as const] };
      expect(await ask({}, open, { params })).toMatchObject({
        verdict: 'pass',
        findings: [{ severity: 'info' }, { severity: 'info' }],
      });
    },
  );

  it('knows that we run what has an artifact ourselves', async () => {
    const config = { selfHosted: { regions: ['eu'], retentionDays: 0 } };
    expect(
      await ask({ provider: 'deepseek' }, personal, {
        config,
        selfHosted: true,
      }),
    ).toMatchObject({
      verdict: 'pass',
      evidence: { runBy: 'organisation' },
    });
    expect(
      (await ask({ provider: 'meta' }, personal, { selfHosted: true }))
        .findings[0].howToFix,
    ).toContain('modelGovernance.dataBoundary.selfHosted');
  });

  it('takes what the tier asks beside the purpose', async () => {
    const spec = { provider: 'mistralai', ...eu };
    const verdict = async (params: JsonObject, purpose = personal) =>
      (await ask(spec, purpose, { params })).fits;
    expect(await verdict({ maxRetentionDays: 7 })).toMatchObject({
      'retention public': 'yes',
      'retention personal': 'no',
    });
    expect(await verdict({ allowedRegions: ['us'] })).toMatchObject({
      'region public+personal': 'no',
    });
    expect(
      await verdict({ allowedRegions: ['EU'] }, { ...personal, regions: [] }),
    ).toMatchObject({
      'region public+personal': 'yes',
    });
    expect(await verdict({ noTrainingFor: [] })).not.toHaveProperty(
      'training personal',
    );
  });

  it('asks to read old facts again', async () => {
    const params = { oldestFactDays: 10 };
    const outcome = await ask({ provider: 'mistralai', ...eu }, personal, {
      params,
    });
    expect(outcome).toMatchObject({
      verdict: 'warn',
      summary: 'What is said was read on 2026-11-01, more than 10 days ago.',
    });
  });

  it('refuses parameters and settings that mean nothing', () => {
    const { validateParams } = dataBoundaryGate({ providers: {} });
    expect(() => validateParams?.({})).toThrow("'unknown'");
    expect(() =>
      validateParams?.({ unknown: 'fail', noTrainingFor: ['x'] }),
    ).toThrow('noTrainingFor');
    const read = (dataBoundary: JsonObject) => () =>
      readDataBoundaryConfig(
        new ConfigReader({ modelGovernance: { dataBoundary } }),
      );
    expect(read({ providers: [{ id: 'x', retentionDays: -1 }] })).toThrow(
      '-1 is not a number',
    );
    expect(read({ providers: [{ id: 'x', trainsOnInputs: 'maybe' }] })).toThrow(
      "'maybe' is none of",
    );
    expect(read({ selfHosted: { asOf: 'May' } })).toThrow('is no day');
    expect(read({ selfHosted: { regions: ['EU'] } })()).toMatchObject({
      selfHosted: { regions: ['eu'] },
    });
  });
});
