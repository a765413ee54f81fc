import type { OpenapiRouter } from '../schema/openapi.generated';
import type { ReviewsRouterDeps } from './index';
import { anyone } from './anyone';

export function addRatingRoutes(
  router: OpenapiRouter,
  { changes, httpAuth, ratings }: ReviewsRouterDeps,
): void {
  router.get('/ratings', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await ratings.get(credentials, req.query));
  });

  router.post('/ratings/by-refs', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await ratings.byRefs(credentials, req.body));
  });

  router.get('/changes', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['service'] });
    const { after = 0, limit = 200 } = req.query;
    res.json(await changes.after(Number(after), Number(limit)));
  });
}
