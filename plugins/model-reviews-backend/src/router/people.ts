import { audited } from '@modelhub/backstage-plugin-models-node';
import type { OpenapiRouter } from '../schema/openapi.generated';
import type { ReviewsRouterDeps } from './index';
import { anyone } from './anyone';

export function addPeopleRoutes(
  router: OpenapiRouter,
  { auditor, erasure, httpAuth, people }: ReviewsRouterDeps,
): void {
  router.get('/standing', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await people.standing(credentials, req.query.entityRef));
  });

  router.get('/feed', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await people.feed(credentials, req.query.limit));
  });

  router.get('/people/me', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await people.me(credentials));
  });

  router.get('/people/contributions', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await people.contributions(credentials, req.query.author));
  });

  router.post('/people/erasures', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { texts } = req.body;
    const done = await audited(
      auditor,
      {
        // Whom is not said, since this log may outlive the erasure.
        eventId: 'model-reviews-erase',
        severityLevel: 'high',
        request: req,
        meta: { texts },
      },
      () => erasure.erase(credentials, req.body, req.header('idempotency-key')),
    );
    res.json(done);
  });
}
