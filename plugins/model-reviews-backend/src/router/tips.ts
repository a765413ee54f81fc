import { audited } from '@modelhub/backstage-plugin-models-node';
import type { OpenapiRouter } from '../schema/openapi.generated';
import type { ReviewsRouterDeps } from './index';
import { anyone } from './anyone';

export function addTipRoutes(
  router: OpenapiRouter,
  { auditor, httpAuth, tips }: ReviewsRouterDeps,
): void {
  router.get('/tips', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await tips.list(credentials, req.query));
  });

  router.post('/tips', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { entityRef, kind } = req.body;
    const tip = await audited(
      auditor,
      {
        eventId: 'model-tip-create',
        request: req,
        meta: { entityRef, kind },
      },
      () => tips.create(credentials, req.body, req.header('idempotency-key')),
    );
    res.status(201).json(tip);
  });

  router.get('/tips/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await tips.get(credentials, req.params.id));
  });

  router.put('/tips/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const tip = await audited(
      auditor,
      { eventId: 'model-tip-update', request: req, meta: { id } },
      () =>
        tips.update(credentials, id, req.body, req.header('idempotency-key')),
    );
    res.json(tip);
  });
}
