import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { readJsonBody } from '@modelhub/backstage-plugin-models-node';
import type { EndpointService } from '../endpoints';
import type { EngineList } from '../engines';
import {
  createOpenapiRouter,
  type OpenapiRouter,
} from '../schema/openapi.generated';
import { anyone } from './anyone';
import { addEndpointRoutes } from './endpoints';

export interface ServingRouterDeps {
  auditor: AuditorService;
  endpoints: EndpointService;
  engineList: EngineList;
  httpAuth: HttpAuthService;
}

/** Every route over one validated router. */
export function createServingRouter(deps: ServingRouterDeps): OpenapiRouter {
  const { engineList, httpAuth } = deps;
  const router = createOpenapiRouter({ readBody: readJsonBody() });
  router.get('/engines', async (req, res) => {
    await httpAuth.credentials(req, anyone);
    res.json({ items: await engineList.list() });
  });
  addEndpointRoutes(router, deps);
  return router;
}
