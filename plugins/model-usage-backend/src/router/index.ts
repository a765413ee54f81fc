import type {
  AuditorService,
  HttpAuthService,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import { audited, readJsonBody } from '@modelhub/backstage-plugin-models-node';
import type { BudgetService } from '../budgets';
import type { DriftService } from '../drift';
import type { EnforcementService } from '../enforcement';
import type { GatewayAuthenticator } from '../gateways';
import type { ImportService } from '../imports';
import type { IngestService } from '../ingest';
import type { Insights } from '../insights';
import type { LeaseService } from '../leases';
import {
  createOpenapiRouter,
  type OpenapiRouter,
} from '../schema/openapi.generated';
import type { ObjectiveService } from '../slo';
import type { SourceDesk } from '../sources';
import type { SpendingService } from '../spending';
import type { CalledScopes, OwnCalledModels, TotalsService } from '../totals';
import type { TraceService } from '../traces';
import { addDriftRoutes } from './drift';
import { addImportRoutes } from './imports';
import { addInsightRoutes } from './insights';
import { addObjectiveRoutes } from './slo';

/** A batch of a thousand records with the longest of names. */
const LARGEST_BODY = '8mb';

const anyone = { allow: ['user' as const, 'service' as const] };

/** The document allows no other. */
const asKind = (kind: string) => kind as 'profile' | 'team' | 'key';

export interface UsageRouterDeps {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  authenticator: GatewayAuthenticator;
  ingest: IngestService;
  leases: LeaseService;
  traces: TraceService;
  budgets: BudgetService;
  spending: SpendingService;
  totals: TotalsService;
  calledScopes: CalledScopes;
  ownCalledModels: OwnCalledModels;
  enforcement: EnforcementService;
  imports: ImportService;
  objectives: ObjectiveService;
  sourceDesk: SourceDesk;
  drift: DriftService;
  insights: Insights;
}

/** Paths at which gateways show a proof of their own. */
export function allowGateways(
  http: Pick<HttpRouterService, 'addAuthPolicy'>,
): void {
  for (const path of ['/batches', '/leases', '/traces', '/feedback']) {
    http.addAuthPolicy({ path, allow: 'unauthenticated' });
  }
}

/** Every route over one validated router. */
export function createUsageRouter(deps: UsageRouterDeps): OpenapiRouter {
  const router = createOpenapiRouter({
    readBody: readJsonBody({ limit: LARGEST_BODY }),
  });
  addGatewayRoutes(router, deps);
  addBudgetRoutes(router, deps);
  addSpendingRoutes(router, deps);
  addReportRoutes(router, deps);
  addObjectiveRoutes(router, deps);
  addImportRoutes(router, deps);
  addDriftRoutes(router, deps);
  addInsightRoutes(router, deps);
  return router;
}

function addGatewayRoutes(
  router: OpenapiRouter,
  { authenticator, ingest, leases, traces }: UsageRouterDeps,
): void {
  router.post('/batches', async (req, res) => {
    const gatewayId = await authenticator.authenticate(req);
    res.json(await ingest.take(gatewayId, req.body));
  });

  router.post('/leases', async (req, res) => {
    const gatewayId = await authenticator.authenticate(req);
    res.json(await leases.lease(gatewayId, req.body));
  });

  router.post('/traces', async (req, res) => {
    await authenticator.authenticate(req);
    res.json(await traces.step(req.body));
  });
}

function addBudgetRoutes(
  router: OpenapiRouter,
  { httpAuth, auditor, budgets }: UsageRouterDeps,
): void {
  router.get('/budgets', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json({ items: await budgets.list(credentials, req.query.month) });
  });

  router.get('/budgets/:kind/:subject', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { kind, subject } = req.params;
    res.json(
      await budgets.get(credentials, asKind(kind), subject, req.query.month),
    );
  });

  router.put('/budgets/:kind/:subject', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { kind, subject } = req.params;
    const { amount, currency } = req.body;
    const budget = await audited(
      auditor,
      {
        eventId: 'usage-budget-put',
        request: req,
        meta: { kind, subject, amount, currency },
      },
      () =>
        budgets.put(
          credentials,
          asKind(kind),
          subject,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(budget);
  });

  router.delete('/budgets/:kind/:subject', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { kind, subject } = req.params;
    await audited(
      auditor,
      {
        eventId: 'usage-budget-remove',
        request: req,
        meta: { kind, subject },
      },
      () =>
        budgets.remove(
          credentials,
          asKind(kind),
          subject,
          req.header('idempotency-key'),
        ),
    );
    res.status(204).end();
  });
}

function addSpendingRoutes(
  router: OpenapiRouter,
  { httpAuth, spending }: UsageRouterDeps,
): void {
  router.get('/spending', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await spending.list(credentials, req.query));
  });

  router.get('/spending/:kind/:subject', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { kind, subject } = req.params;
    res.json(
      await spending.history(
        credentials,
        asKind(kind),
        subject,
        req.query.months,
      ),
    );
  });

  router.get('/spending/:kind/:subject/models', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { kind, subject } = req.params;
    res.json(
      await spending.models(credentials, asKind(kind), subject, req.query),
    );
  });
}

function addReportRoutes(
  router: OpenapiRouter,
  {
    httpAuth,
    totals,
    calledScopes,
    ownCalledModels,
    enforcement,
  }: UsageRouterDeps,
): void {
  router.get('/totals', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await totals.list(credentials, req.query));
  });

  router.get('/called-scopes', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await calledScopes.list(credentials, req.query));
  });

  router.get('/own-called-models', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await ownCalledModels.list(credentials, req.query));
  });

  router.get('/enforcement-report', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await enforcement.report(credentials, req.query));
  });

  router.get('/enforcement-report/profiles', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await enforcement.profiles(credentials, req.query));
  });
}
