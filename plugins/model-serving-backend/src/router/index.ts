import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { readJsonBody } from '@modelhub/backstage-plugin-models-node';
import type { EngineDesk } from '../engines';
import {
  createOpenapiRouter,
  type OpenapiRouter,
} from '../schema/openapi.generated';
import { anyone } from './anyone';

export interface ServingRouterDeps {
  engines: EngineDesk;
  httpAuth: HttpAuthService;
}

/** Every route over one validated router. */
export function createServingRouter(deps: ServingRouterDeps): OpenapiRouter {
  const { engines, httpAuth } = deps;
  const router = createOpenapiRouter({ readBody: readJsonBody() });
  router.get('/engines', async (req, res) => {
    await httpAuth.credentials(req, anyone);
    const items = await Promise.all(
      engines.all().map(async ({ id, title, hasGpus }) => ({
        id,
        title,
        hasGpus,
        health: await engines.health(id),
        endpoints: 0,
      })),
    );
    res.json({ items });
  });
  return router;
}
