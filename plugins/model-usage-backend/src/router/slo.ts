import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { OpenapiRouter } from '../schema/openapi.generated';
import type { ObjectiveService } from '../slo';

const anyone = { allow: ['user' as const, 'service' as const] };

/** Objectives, how they are kept, and who changed them. */
export function addObjectiveRoutes(
  router: OpenapiRouter,
  deps: {
    httpAuth: HttpAuthService;
    auditor: AuditorService;
    objectives: ObjectiveService;
  },
): void {
  const { httpAuth, auditor, objectives } = deps;

  router.get('/objectives', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await objectives.list(credentials, req.query));
  });

  router.post('/objectives', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { kind, model, modelVersion, target, limitMs, windowDays } = req.body;
    const objective = await audited(
      auditor,
      {
        eventId: 'usage-objective-set',
        request: req,
        meta: { kind, model, modelVersion, target, limitMs, windowDays },
      },
      () =>
        objectives.set(credentials, req.body, req.header('idempotency-key')),
    );
    res.json(objective);
  });

  router.post('/objectives/preview', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await objectives.preview(credentials, req.body));
  });

  router.get('/objectives/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await objectives.get(credentials, req.params.id));
  });

  router.put('/objectives/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const { version, target, limitMs, windowDays } = req.body;
    const objective = await audited(
      auditor,
      {
        eventId: 'usage-objective-change',
        request: req,
        meta: { id, version, target, limitMs, windowDays },
      },
      () =>
        objectives.change(
          credentials,
          id,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(objective);
  });

  router.delete('/objectives/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'usage-objective-remove', request: req, meta: { id } },
      () =>
        objectives.remove(
          credentials,
          id,
          req.query,
          req.header('idempotency-key'),
        ),
    );
    res.status(204).end();
  });

  router.get('/objectives/:id/performance', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await objectives.performance(credentials, req.params.id));
  });

  router.get('/objectives/:id/changes', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await objectives.changes(credentials, req.params.id, req.query));
  });

  router.get('/objectives/:id/alerts', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await objectives.alerts(credentials, req.params.id, req.query));
  });
}
