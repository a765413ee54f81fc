import type {
  AuditorService,
  AuthService,
  BackstageCredentials,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ModelUsageClient } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { AskStore, createAsksRoom, modelAskResourceRef } from './asks';
import {
  AccessChecker,
  CatalogVisibility,
  createAccessRoom,
  Guard,
} from './access';
import { createAllowlistRoom, listedClaimants } from './allowlist';
import {
  approvalSources,
  boundApprovals,
  createApprovalsRoom,
  DatabaseApprovalStore,
  DelegationStore,
  Incumbents,
  PackNews,
} from './approvals';
import type { Job } from './database';
import { createDriftRoom, Reevaluations } from './drift';
import { createEvidenceRoom, SubmissionStore } from './evidence';
import {
  createEvaluationsRoom,
  FiledResults,
  PackStore,
  ResultStore,
} from './evaluations';
import { createFoundation } from './foundation';
import { createGatesRoom, type GateRegistry } from './gates';
import { AuthorizedLedgerReader } from './ledger';
import { CatalogOrganisation } from './organisation';
import { createOnlineRoom } from './online';
import { createOutboxHandlers, OutboxDispatcher } from './outbox';
import { ApprovalAuthorizer, modelApprovalResourceRef } from './permissions';
import {
  AuthorizedPolicyReader,
  DatabasePolicyHistory,
  DefaultPolicyService,
  findPolicyFolder,
} from './policies';
import { createPolicyChanges } from './policies/createPolicyChanges';
import {
  ActivationStore,
  PolicyFileSet,
  readManage,
} from './policies/proposals';
import { registerPermissions } from './registerPermissions';
import { createGovernanceRouter } from './router';
import { createStepUpRoom, type StepUpService } from './stepUp';
import { createWaiversRoom } from './waivers';

export interface GovernanceOptions {
  auth: AuthService;
  auditor: AuditorService;
  catalog: CatalogService;
  config: Config;
  database: DatabaseService;
  gates: GateRegistry;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  urlReader: UrlReaderService;
  /** Knows budgets; answers 404 where the portal has none. */
  usage: Pick<ModelUsageClient, 'listBudgets' | 'listCalledScopes'>;
  /** What leaves the plugin: notifications, signals and events. */
  outlets: Omit<
    Parameters<typeof createOutboxHandlers>[0],
    'wakeGates' | 'wakeAllowlist'
  >;
  clock?: Clock;
  /** Instead of passkeys. */
  stepUp?: StepUpService;
}

/** All rooms of the backend, wired to each other. */
export async function createGovernance(options: GovernanceOptions) {
  const { auth, catalog, config, logger, permissions, permissionsRegistry } =
    options;
  const foundation = await createFoundation(options);
  const { clock, transactions, ledger, outbox } = foundation;
  const { knex } = transactions;
  const organisation = CatalogOrganisation.create({
    catalog,
    auth,
    claims: { claimantsOf: id => listedClaimants(knex, id) },
  });
  const guard = Guard.create({ auth, permissions });
  const access = createAccessRoom({
    foundation,
    config,
    guard,
    organisation,
    bound: boundApprovals,
  });
  await access.declare();

  const manage = readManage(config);
  const path = findPolicyFolder(
    config.getOptionalString('modelGovernance.policies.path'),
  );
  const policyFiles = PolicyFileSet.create({
    path,
    ...(manage === 'portal' && {
      activations: ActivationStore.create({ knex }),
    }),
  });
  const history = DatabasePolicyHistory.create({
    transactions,
    ledger,
    clock,
    tests: () => policyFiles.tests(),
  });
  const submissions = SubmissionStore.create({ knex });
  const store = DatabaseApprovalStore.create({ knex });
  const incumbents = Incumbents.create({ store, organisation, clock });
  const reevaluations = Reevaluations.create({ knex });
  const checks = await createGatesRoom({
    ...options,
    reevaluations,
    foundation,
    organisation,
    registry: options.gates,
    submissions,
    incumbents,
    packDigests: PackStore.create({ knex }),
    policyFolder: path,
  });
  const gates = checks.service;
  const policies = await DefaultPolicyService.create({
    path,
    files: policyFiles,
    gates: options.gates.all(),
    history,
    logger,
    clock,
  });
  const stepUp = createStepUpRoom({
    foundation,
    guard,
    config,
    organisation,
    logger,
  });

  const confirmations = options.stepUp ?? stepUp.service;

  const sources = approvalSources(store);
  const askStore = AskStore.create({ knex });
  registerPermissions(permissionsRegistry, {
    approvals: sources,
    asks: askStore,
  });

  const authorizer = ApprovalAuthorizer.create({
    permissions,
    ruleset: permissionsRegistry.getPermissionRuleset(modelApprovalResourceRef),
  });
  const approvals = createApprovalsRoom(
    {
      ...foundation,
      store,
      delegations: DelegationStore.create({ knex }),
      organisation,
      policies,
      gates,
      access: access.directory,
      stepUp: confirmations,
      catalog,
      auth,
      authorizer,
    },
    { logger, withPasskey: stepUp.withPasskey },
  );
  const waivers = createWaiversRoom({
    foundation,
    approvals: store,
    auth,
    authorizer,
    gates,
    policies,
    logger,
  });
  const results = ResultStore.create({ knex });
  const filed = FiledResults.create({
    transactions,
    submissions,
    results,
    logger,
  });
  const evidence = createEvidenceRoom({
    ...options,
    foundation,
    guard,
    organisation,
    registry: options.gates,
    gates,
    submissions,
    results: filed,
    approvals: approvals.forEvidence,
  });
  const portalUrl =
    config.getOptionalString('modelGovernance.portalUrl') ??
    config.getString('app.baseUrl');
  const evaluations = createEvaluationsRoom({
    ...options,
    foundation,
    guard,
    organisation,
    approvals: store,
    evidence: evidence.hubEvidence,
    results,
    filed,
    portalUrl,
    requests: approvals.forEvidence,
  });
  const packNews = PackNews.create({
    ...foundation,
    store,
    gates,
    submissions,
    incumbents,
    news: approvals.forEvidence.news,
    entities: refs => organisation.entities(refs),
    logger,
  });
  const allowlist = createAllowlistRoom({
    foundation,
    config,
    logger,
    guard,
    access,
    organisation,
    grants: sources.grants,
    stepUp: confirmations,
  });
  const online = createOnlineRoom({
    foundation,
    config,
    logger,
    auth,
    guard,
    organisation,
    directory: access.directory,
    allowlist: allowlist.publisher,
    results,
  });
  const dispatcher = OutboxDispatcher.create({
    transactions,
    clock,
    logger,
    handlers: createOutboxHandlers({
      ...options.outlets,
      wakeGates: () => gates.wake(),
      wakeAllowlist: () => allowlist.publisher.wake(),
    }),
  });
  outbox.onWake(() => dispatcher.wake());

  const asks = createAsksRoom({
    foundation,
    config,
    auth,
    guard,
    organisation,
    permissions,
    directory: {
      key: id => access.stores.keys.get(id),
      profile: id => access.directory.profile(id),
      profiles: () => access.directory.profiles(),
    },
    store: askStore,
    ruleset: permissionsRegistry.getPermissionRuleset(modelAskResourceRef),
  });
  const changes = createPolicyChanges({
    foundation,
    manage,
    files: policyFiles,
    history,
    policies,
    approvals: store,
    ends: approvals.policyEnds,
    gates,
    installed: options.gates.all(),
    organisation,
    access: access.directory,
    auth,
    usage: options.usage,
    guard,
    stepUp: confirmations,
    logger,
  });
  const checker = AccessChecker.create({
    allowlist: allowlist.publisher,
    directory: access.directory,
    guard,
    models: CatalogVisibility.create({ catalog }),
    heldBecause: approvals.heldBecause,
    clock,
    portalUrl,
  });
  const router = await createGovernanceRouter({
    ...options,
    ...allowlist,
    ...asks,
    ...evidence,
    ...evaluations,
    ...online,
    drift: createDriftRoom({
      ...{ foundation, auth, config, store, approvals, online },
      ...{ gates, reevaluations },
    }),
    approvals: approvals.service,
    waivers: waivers.waivers,
    checklists: approvals.checklists,
    policies: AuthorizedPolicyReader.create({ policies, permissions }),
    trials: changes.trials,
    proposals: changes.proposals,
    checker,
    profiles: access.profiles,
    purposes: access.purposes,
    keys: access.keys,
    bindings: access.bindings,
    changes: ledger,
    ledger: AuthorizedLedgerReader.create({ ledger, permissions }),
    stepUp,
  });

  const jobs: Job[] = [
    ...foundation.jobs,
    ...approvals.jobs,
    ...waivers.jobs,
    ...access.jobs,
    ...allowlist.jobs,
    ...asks.jobs,
    ...changes.jobs,
    ...evaluations.jobs,
    ...online.jobs,
    {
      id: 'model-governance-pack-news',
      frequency: { seconds: 30 },
      timeout: { minutes: 5 },
      run: () => packNews.run(),
    },
    {
      id: 'model-governance-outbox-prune',
      frequency: { hours: 1 },
      timeout: { minutes: 5 },
      run: () => dispatcher.prune(),
    },
  ];
  const stopping = new AbortController();
  return {
    router,
    jobs,
    approvals: approvals.service,
    asks: asks.asks,
    evaluationResults: evaluations.evaluationResults,
    checker,
    isUser: (credentials: BackstageCredentials) =>
      auth.isPrincipal(credentials, 'user'),
    gates,
    packRunner: evaluations.packRunner,
    dispatcher,
    publisher: allowlist.publisher,
    policies,
    start() {
      policies.start({ signal: stopping.signal });
      checks.start({ signal: stopping.signal });
      dispatcher.start();
      allowlist.publisher.start();
    },
    async stop() {
      stopping.abort();
      waivers.stopMeasuring();
      await Promise.all([
        gates.stop(),
        evaluations.packRunner.stop(),
        dispatcher.stop(),
        allowlist.publisher.stop(),
      ]);
    },
  };
}
