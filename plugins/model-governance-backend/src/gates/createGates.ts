import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { ModelUsageClient } from '@modelhub/backstage-plugin-models-common';
import type { SubmissionStore } from '../evidence';
import type { Reevaluations } from '../drift';
import type { Foundation } from '../foundation';
import type { Organisation } from '../organisation/Organisation';
import {
  advisoriesGate,
  DefaultAdvisoryService,
  readAdvisoryConfig,
} from './advisories';
import { artifactGates } from './artifactGates';
import { builtInGates } from './builtIn';
import { UsageBudgets } from './costEnvelope';
import type { GateSources } from './createContext';
import { dataBoundaryGate, readDataBoundaryConfig } from './dataBoundary';
import { DefaultGateService } from './DefaultGateService';
import type { PackDigests } from './evaluationPack';
import type { GateRegistry } from './GateRegistry';
import { kpiGate, openKpiPacks } from './kpi';

/** What the gates of this backend need. */
export interface GatesRoomOptions {
  auth: AuthService;
  config: Config;
  logger: LoggerService;
  foundation: Foundation;
  organisation: Organisation & {
    /** Whatever the catalog has under these refs. */
    entities(refs: string[]): Promise<Map<string, object>>;
  };
  usage: Pick<ModelUsageClient, 'listBudgets'>;
  registry: GateRegistry;
  submissions: Pick<SubmissionStore, 'submittedTo'>;
  reevaluations: Pick<Reevaluations, 'mark'>;
  incumbents: { of: NonNullable<GateSources['incumbent']> };
  /** Whoever reads the contents of evaluation packs; nobody where absent. */
  packDigests?: PackDigests;
  /** Where the policies are; packs of metrics lie beside them. */
  policyFolder: string;
}

/** Adds the gates that this backend brings to the registry, and runs all of them. */
export async function createGatesRoom(options: GatesRoomOptions) {
  const { auth, config, logger, organisation, registry, submissions } = options;
  const { transactions, clock, ledger, outbox } = options.foundation;
  const advisories = readAdvisoryConfig(config);
  const packs = await openKpiPacks({
    config,
    policyFolder: options.policyFolder,
    transactions,
    clock,
    logger,
  });
  for (const gate of [
    ...builtInGates({
      organisation,
      budgets: UsageBudgets.create({ auth, usage: options.usage }),
      packs: {
        digests: options.packDigests ?? { digestOf: async () => undefined },
        portalUrl:
          config.getOptionalString('modelGovernance.portalUrl') ??
          config.getString('app.baseUrl'),
      },
    }),
    ...artifactGates({ config, transactions, clock }),
    advisoriesGate({
      service: DefaultAdvisoryService.create({
        config: advisories,
        transactions,
        clock,
      }),
      runtimes: advisories.runtimes,
    }),
    dataBoundaryGate(readDataBoundaryConfig(config)),
    kpiGate(packs),
  ]) {
    registry.addGate(gate);
  }
  const service = DefaultGateService.create({
    transactions,
    clock,
    logger,
    registry,
    ledger,
    outbox,
    getEntities: refs => organisation.entities(refs),
    submittedEvidence: async (about, gateId) =>
      options.reevaluations.mark(
        about,
        await submissions.submittedTo(about, gateId),
      ),
    incumbent: (subject, named) => options.incumbents.of(subject, named),
  });
  return {
    service,
    /** Follow what lies outside from now on. */
    start(stopping: { signal: AbortSignal }): void {
      packs.start(stopping);
      service.start();
    },
  };
}
