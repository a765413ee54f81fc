import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { Tier } from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import { join, resolve } from 'node:path';
import { DefaultPolicyService } from '../policies';
import { demoCatalog } from './__testUtils__/demoCatalog';
import { gateContext } from './__testUtils__/gateContext';
import { advisoriesRules } from './advisories';
import { artifactScanRules } from './artifactScan';
import { builtInGates, licenceGate, modelCardGate } from './builtIn';
import { dataBoundaryRules } from './dataBoundary';
import { evaluationGate } from './evaluation';
import { fairnessGate } from './fairness';
import { hardwareFitGate } from './hardwareFit';
import { kpiRules } from './kpi';
import { operationalReadinessGate } from './operationalReadiness';
import { safetyGate } from './safety';
import { packOptions } from './__testUtils__/packOptions';

const repository = resolve(__dirname, '../../../..');
const { catalog, models } = demoCatalog();
const gates = [
  ...builtInGates({
    organisation: {
      existing: async () => new Set<string>(),
      membersOf: async () => [],
      leadsOf: async () => [],
    },
    budgets: { ofProfile: async () => ({ state: 'none' }) },
    packs: packOptions,
  }),
  artifactScanRules,
  dataBoundaryRules,
  advisoriesRules,
  kpiRules,
];
/** Versions that a gate does not let pass at a tier, by its parameters in `policies/`. */
async function outcomes(gate: ModelGate, tier: Tier) {
  const policies = await DefaultPolicyService.create({
    path: join(repository, 'policies'),
    gates,
    logger: mockServices.logger.mock(),
  });
  const params = (policies
    .describe()
    .tiers.find(demands => demands.tier === tier)
    ?.gates.find(({ id }) => id === gate.id)?.params ?? {}) as JsonObject;
  const asked = [...models].flatMap(([entityRef, entity]) =>
    (entity.spec.versions ?? [{ name: '1' }]).map(version => ({
      entity,
      entityRef,
      version,
      pin: 'sha256:aa',
      decisionFactsHash: 'sha256:bb',
      tier,
      purpose: { id: 'p', title: 'P', dataClasses: [], regions: [] },
      profile: 'team',
    })),
  );
  return Promise.all(
    asked
      .filter(subject => gate.appliesTo(subject, params))
      .map(async subject => ({
        entityRef: subject.entityRef,
        version: `${subject.entityRef}@${subject.version.name}`,
        ...(await gate.evaluate(
          subject,
          params,
          gateContext({ getEntities: async () => catalog }),
        )),
      })),
  );
}

/** Models of which a gate refuses a version. */
async function refused(gate: ModelGate, tier: Tier): Promise<string[]> {
  const refs = (await outcomes(gate, tier))
    .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'warn')
    .map(({ entityRef }) => entityRef);
  return [...new Set(refs)];
}

describe('the models of the demo under the policies of this repository', () => {
  const nonCommercial = ['model:coherelabs/aya-expanse-8b'];
  const thinCards = ['model:meta/llama-3.1-70b'];

  it.each<[string, ModelGate, Tier, string[]]>([
    ['licence', licenceGate, 'sandbox', []],
    ['licence', licenceGate, 'internal', nonCommercial],
    ['licence', licenceGate, 'regulated', nonCommercial],
    ['card', modelCardGate, 'sandbox', []],
    ['card', modelCardGate, 'internal', thinCards],
    ['card', modelCardGate, 'customer-facing', thinCards],
  ])('%s, case %#', async (_, gate, tier, expected) => {
    expect(models.size).toBeGreaterThan(20);
    expect(await refused(gate, tier)).toEqual(expected);
  });

  it('reach the top with a good card', async () => {
    expect(await refused(modelCardGate, 'regulated')).not.toContain(
      'model:meta/llama-3.3-70b-instruct',
    );
  });

  const versionsWith = async (gate: ModelGate, tier: Tier, verdict: string) =>
    (await outcomes(gate, tier))
      .filter(one => one.verdict === verdict)
      .map(({ version }) => version);

  it('fit their GPUs, but for one that is too large for four requests at once', async () => {
    const tier = 'customer-facing';
    expect(await versionsWith(hardwareFitGate, tier, 'fail')).toEqual([
      'model:meta/llama-3.3-70b-instruct@bf16',
    ]);
    const known = await outcomes(hardwareFitGate, tier);
    expect(
      known.filter(({ evidence }) => evidence?.verdict === 'unknown'),
    ).toEqual([]);
    expect(known.length).toBeGreaterThan(20);
  });

  it.each<[ModelGate, string]>([
    [evaluationGate(packOptions), 'acme/acme-tickets'],
    [fairnessGate(packOptions), 'acme/acme-tickets-fairness'],
    [safetyGate(packOptions), 'acme/acme-safety'],
  ])('are asked for packs that the catalog has, case %#', async (gate, ref) => {
    for (const tier of ['internal', 'customer-facing', 'regulated'] as const) {
      const all = await outcomes(gate, tier);
      expect(all.filter(({ verdict }) => verdict === 'error')).toEqual([]);
      // Nobody has submitted anything here, so whom a pack is for has to wait.
      const waiting = all.filter(({ verdict }) => verdict === 'needs-evidence');
      expect(waiting.length).toBeGreaterThan(0);
      const commands = waiting.flatMap(({ findings }) =>
        findings.map(({ howToFix }) => howToFix),
      );
      expect(commands.join()).toContain(`evaluationpack:${ref} `);
    }
  });

  it('are ready to be run where the demo says how', async () => {
    const ready = await versionsWith(
      operationalReadinessGate,
      'regulated',
      'pass',
    );
    expect(ready).toContain('model:meta/llama-3.3-70b-instruct@q4-k-m');
    expect(ready).toContain('model:openai/gpt-6-luna@2026-09-22');
    const owed = await versionsWith(
      operationalReadinessGate,
      'regulated',
      'fail',
    );
    expect(owed).toContain('model:acme/ticket-router@1.1');
  });
});
