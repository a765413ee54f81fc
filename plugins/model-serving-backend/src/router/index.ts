import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { readJsonBody } from '@modelhub/backstage-plugin-models-node';
import type { RequestHandler } from 'express';
import type { EndpointService } from '../endpoints';
import type { EngineList } from '../engines';
import { LARGEST_PLAYGROUND_BODY } from '../playground/LARGEST_BODY';
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

/** Files of the playground are larger than anything else. */
function readBody(): RequestHandler {
  const body = readJsonBody();
  const files = readJsonBody({ limit: LARGEST_PLAYGROUND_BODY });
  return (req, res, next) =>
    (req.path.startsWith('/playground/') ? files : body)(req, res, next);
}

/** Every route over one validated router. */
export function createServingRouter(deps: ServingRouterDeps): OpenapiRouter {
  const { engineList, httpAuth } = deps;
  const router = createOpenapiRouter({ readBody: readBody() });
  router.get('/engines', async (req, res) => {
    await httpAuth.credentials(req, anyone);
    res.json({ items: await engineList.list() });
  });
  addEndpointRoutes(router, deps);
  return router;
}
