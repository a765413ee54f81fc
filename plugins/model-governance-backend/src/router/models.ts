import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { ApprovalService } from '../approvals';
import type { ChecklistService } from '../checklist';
import type { LedgerStore } from '../ledger';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** Adds the paths that ask about models instead of requests, and the changes feed. */
export function addModelRoutes(
  router: OpenapiRouter,
  deps: {
    approvals: ApprovalService;
    checklists: ChecklistService;
    ledger: Pick<LedgerStore, 'changesAfter'>;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { approvals, checklists, ledger, httpAuth, auditor } = deps;
  const anyone = { allow: ['user' as const, 'service' as const] };

  router.get('/models/:namespace/:name/standing', async (req, res) => {
    const { namespace, name } = req.params;
    res.json(
      await approvals.standing(`model:${namespace}/${name}`, {
        credentials: await httpAuth.credentials(req, anyone),
      }),
    );
  });

  router.get('/models/:namespace/:name/checklist', async (req, res) => {
    const { namespace, name } = req.params;
    res.json(
      await checklists.checklist(`model:${namespace}/${name}`, req.query, {
        credentials: await httpAuth.credentials(req, anyone),
      }),
    );
  });

  router.post('/models/:namespace/:name/suspend', async (req, res) => {
    const { namespace, name } = req.params;
    const entityRef = `model:${namespace}/${name}`;
    const items = await audited(
      auditor,
      {
        eventId: 'model-suspend',
        severityLevel: 'high',
        request: req,
        meta: { entityRef },
      },
      async () =>
        approvals.suspendModel(entityRef, req.body, {
          credentials: await httpAuth.credentials(req, anyone),
          idempotencyKey: req.header('idempotency-key'),
        }),
    );
    res.json({ items });
  });

  router.get('/models/:namespace/:name/holds', async (req, res) => {
    const { namespace, name } = req.params;
    res.json({
      items: await approvals.modelHolds(`model:${namespace}/${name}`, {
        credentials: await httpAuth.credentials(req, anyone),
      }),
    });
  });

  router.post(
    '/models/:namespace/:name/holds/:holdId/clear',
    async (req, res) => {
      const { namespace, name, holdId } = req.params;
      const entityRef = `model:${namespace}/${name}`;
      const items = await audited(
        auditor,
        {
          eventId: 'model-hold-clear',
          severityLevel: 'high',
          request: req,
          meta: { entityRef, holdId },
        },
        async () =>
          approvals.clearModelHold(entityRef, holdId, req.body, {
            credentials: await httpAuth.credentials(req, anyone),
            idempotencyKey: req.header('idempotency-key'),
          }),
      );
      res.json({ items });
    },
  );

  router.post('/standings/query', async (req, res) => {
    const items = await approvals.standings(req.body.entityRefs, {
      credentials: await httpAuth.credentials(req, anyone),
    });
    res.json({ items });
  });

  router.get('/changes', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['service'] });
    const { after = 0, limit = 200 } = req.query;
    const items = await ledger.changesAfter(after, limit);
    res.json({ items, next: items.at(-1)?.seq ?? after });
  });
}
