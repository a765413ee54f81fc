import { audited } from '@modelhub/backstage-plugin-models-node';
import type { OpenapiRouter } from '../schema/openapi.generated';
import type { ReviewsRouterDeps } from './index';
import { anyone } from './anyone';

export function addReviewRoutes(
  router: OpenapiRouter,
  { auditor, httpAuth, reviews }: ReviewsRouterDeps,
): void {
  router.get('/reviews', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await reviews.list(credentials, req.query));
  });

  router.post('/reviews', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { entityRef, modelVersion } = req.body;
    const meta = { entityRef, modelVersion };
    const review = await audited(
      auditor,
      { eventId: 'model-review-create', request: req, meta },
      () =>
        reviews.create(credentials, req.body, req.header('idempotency-key')),
    );
    res.status(201).json(review);
  });

  router.get('/reviews/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await reviews.get(credentials, req.params.id));
  });

  router.put('/reviews/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const review = await audited(
      auditor,
      { eventId: 'model-review-update', request: req, meta: { id } },
      () =>
        reviews.update(
          credentials,
          id,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(review);
  });

  router.put('/reviews/:id/reply', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const review = await audited(
      auditor,
      { eventId: 'model-review-reply', request: req, meta: { id } },
      () =>
        reviews.reply(credentials, id, req.body, req.header('idempotency-key')),
    );
    res.json(review);
  });
}
