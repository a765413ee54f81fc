import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import { subject } from '../__testUtils__';
import { gateContext } from '../__testUtils__/gateContext';
import { operationalReadinessGate } from './operationalReadinessGate';

const RUNBOOK = 'https://runbooks.example.com/llama';
const OWNER = 'group:default/ml';

const operations = {
  runbook: RUNBOOK,
  onCall: 'https://pager.example.com/ml',
  slo: {
    availabilityPercent: 99.5,
    latencyP95Ms: 4000,
    dashboard: 'https://grafana.example.com/d/llama',
  },
  rollback: 'Point the alias at the earlier version.',
  fallback: 'model:openai/gpt',
};

const group = (changes: object = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'ml', namespace: 'default' },
  spec: { type: 'team', profile: { email: 'ml@example.com' } },
  ...changes,
});

const model = (lifecycle: string) => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { name: 'gpt', namespace: 'openai' },
  spec: { lifecycle },
});

const catalog = { [OWNER]: group(), 'model:openai/gpt': model('active') };

const about = (spec: object = { operations }, metadata: object = {}) =>
  subject({
    entityRef: 'model:meta/m',
    entity: {
      apiVersion: 'modelhub.dev/v1alpha1',
      kind: 'Model',
      metadata: { name: 'm', namespace: 'meta', ...metadata },
      spec: {
        type: 'llm',
        lifecycle: 'active',
        owner: 'group:default/ml',
        provider: 'meta',
        gatewayId: 'meta/m',
        ...spec,
      },
    } as ModelEntityV1alpha1,
  });

const ALL = ['runbook', 'on-call', 'slo', 'rollback', 'fallback', 'contact'];

const run = (
  asked = about(),
  params: object = { required: ALL },
  entities: Record<string, object> = catalog,
) =>
  operationalReadinessGate.evaluate(
    asked,
    params as never,
    gateContext({ catalog: entities }),
  );

async function itemOf(id: string, ...args: Parameters<typeof run>) {
  const { evidence } = await run(...args);
  const { items } = evidence as unknown as {
    items: Array<Record<string, unknown>>;
  };
  return items.find(item => item.id === id);
}

describe('operational readiness', () => {
  it('passes when all is there, and says where', async () => {
    const { verdict, findings, evidence } = await run();
    expect(verdict).toBe('pass');
    expect(findings).toEqual([]);
    expect(evidence).toMatchObject({
      kind: 'operational-readiness',
      items: ALL.map(id => ({ id, status: 'there', required: true })),
    });
  });

  it('fails with what is required, and lists the rest as better to have', async () => {
    const { verdict, summary, findings } = await run(about({}), {
      required: ['runbook', 'slo'],
    });
    expect(verdict).toBe('fail');
    expect(summary).toBe(
      'It is not ready to be run: it lacks a runbook, objectives (SLO).',
    );
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
      ['missing-runbook', 'high'],
      ['missing-slo', 'high'],
      ['missing-on-call', 'low'],
      ['missing-rollback', 'low'],
      ['missing-fallback', 'low'],
    ]);
    for (const { howToFix } of findings) expect(howToFix).toBeTruthy();
  });

  it('warns where nothing is required', async () => {
    const { verdict, summary } = await run(about({}), {});
    expect(verdict).toBe('warn');
    expect(summary).toMatch(/^1 of 6 are there/);
  });

  it('takes links by their type or title, and calls nothing a link that is none', async () => {
    const links = [
      { url: 'https://wiki.example.com/x', title: 'The Run-book' },
      { url: 'https://wiki.example.com/y', type: 'rollback' },
    ];
    const asked = about({}, { links });
    expect(await itemOf('runbook', asked)).toMatchObject({
      status: 'there',
      url: 'https://wiki.example.com/x',
    });
    expect(await itemOf('rollback', asked)).toMatchObject({
      url: 'https://wiki.example.com/y',
    });
    const words = about({
      operations: { runbook: 'ftp://files.example.com/runbook' },
    });
    expect(await itemOf('runbook', words)).toEqual(
      expect.not.objectContaining({ url: expect.anything() }),
    );
  });

  it.each([
    ['the model', { annotations: { 'pagerduty.com/service-id': 'P1' } }, {}],
    ['its owner', {}, { annotations: { 'opsgenie.com/team': 'ml' } }],
  ])('finds the on-call tool of %s', async (whose, own, ofOwner) => {
    const owner = group({ metadata: { name: 'ml', ...ofOwner } });
    expect(
      await itemOf('on-call', about({}, own), {}, { [OWNER]: owner }),
    ).toMatchObject({
      status: 'there',
      detail: expect.stringContaining(whose),
    });
  });

  it('names the group that is called', async () => {
    const asked = about({ operations: { onCall: 'sre' } });
    expect(await itemOf('on-call', asked)).toMatchObject({
      entityRef: 'group:default/sre',
    });
  });

  it.each([
    [99, 'there'],
    [99.5, 'there'],
    [99.9, 'weak'],
  ])('compares the availability with %d', async (minimum, status) => {
    expect(
      await itemOf('slo', about(), { minAvailabilityPercent: minimum }),
    ).toMatchObject({ status });
  });

  it('asks for an availability where one is asked for', async () => {
    const asked = about({ operations: { slo: { latencyP95Ms: 100 } } });
    expect(await itemOf('slo', asked)).toMatchObject({ status: 'there' });
    expect(
      await itemOf('slo', asked, { minAvailabilityPercent: 99 }),
    ).toMatchObject({ status: 'weak' });
  });

  it.each([
    ['is away', {}, /not in the catalog/],
    [
      'is deprecated',
      { 'model:openai/gpt': model('deprecated') },
      /deprecated/,
    ],
    ['is no model', { 'model:openai/gpt': group() }, /not in the catalog/],
  ])('does not fall back to what %s', async (_, entities, detail) => {
    const item = await itemOf('fallback', about(), undefined, {
      [OWNER]: group(),
      ...entities,
    });
    expect(item).toMatchObject({ status: 'weak' });
    expect(item?.detail).toMatch(detail);
  });

  it('falls back to another version only when that is pinned', async () => {
    const versions = (digest?: string) => ({
      versions: [{ name: '1' }, { name: '0', artifact: { uri: 'x', digest } }],
    });
    expect(await itemOf('fallback', about(versions()))).toMatchObject({
      status: 'missing',
    });
    expect(
      await itemOf('fallback', about(versions(`sha256:${'a'.repeat(64)}`))),
    ).toMatchObject({ status: 'there', detail: 'Version 0' });
    const itself = { versions: [{ name: '1', artifact: { uri: 'x' } }] };
    expect(await itemOf('fallback', about(itself))).toMatchObject({
      status: 'missing',
    });
  });

  it.each<[string, object | undefined, string]>([
    ['nobody', undefined, 'missing'],
    ['an e-mail address', group(), 'there'],
    ['none', group({ spec: {} }), 'missing'],
    [
      'a channel',
      group({
        spec: {},
        metadata: { name: 'ml', annotations: { 'slack.com/channel': '#ml' } },
      }),
      'there',
    ],
    [
      'a link',
      group({
        spec: {},
        metadata: { name: 'ml', links: [{ url: 'https://ml.example.com' }] },
      }),
      'there',
    ],
    ['no address', group({ spec: { profile: { email: 'x y' } } }), 'missing'],
  ])('reaches the owner by %s', async (_, owner, status) => {
    const entities: Record<string, object> = owner ? { [OWNER]: owner } : {};
    expect(await itemOf('contact', about(), undefined, entities)).toMatchObject(
      { status },
    );
  });

  it('lives with references that are none', async () => {
    const { verdict } = await run(
      about({ owner: 'a:b:c', operations: { fallback: ':::', onCall: ':' } }),
      {},
    );
    expect(verdict).toBe('warn');
  });

  it.each([
    [{ required: ['runbooks'] }, /required/],
    [{ required: ['slo', 'slo'] }, /required/],
    [{ minAvailabilityPercent: 101 }, /minAvailabilityPercent/],
  ])('refuses the parameters %j', (params, message) => {
    expect(() => operationalReadinessGate.validateParams?.(params)).toThrow(
      message,
    );
  });
});
