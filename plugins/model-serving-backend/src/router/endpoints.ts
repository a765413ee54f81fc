import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { EndpointService } from '../endpoints';
import type { OpenapiRouter } from '../schema/openapi.generated';
import { anyone } from './anyone';

/** Evaluation endpoints. */
export function addEndpointRoutes(
  router: OpenapiRouter,
  deps: {
    auditor: AuditorService;
    endpoints: EndpointService;
    httpAuth: HttpAuthService;
  },
): void {
  const { auditor, endpoints, httpAuth } = deps;

  router.post('/endpoints/preview', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await endpoints.preview(credentials, req.body));
  });

  router.get('/endpoints', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await endpoints.list(credentials, req.query));
  });

  router.post('/endpoints', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { entityRef, team, engine } = req.body;
    const endpoint = await audited(
      auditor,
      {
        eventId: 'model-endpoint-start',
        request: req,
        meta: { entityRef, ...(team && { team }), ...(engine && { engine }) },
      },
      () =>
        endpoints.start(credentials, req.body, req.header('idempotency-key')),
    );
    res.setHeader('cache-control', 'no-store');
    res.status(201).json(endpoint);
  });

  router.get('/endpoints/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await endpoints.get(credentials, req.params.id));
  });

  router.get('/endpoints/:id/events', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await endpoints.events(credentials, req.params.id));
  });

  router.get('/endpoints/:id/logs', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const text = await endpoints.logs(
      credentials,
      req.params.id,
      req.query.tail,
    );
    res.setHeader('cache-control', 'no-store');
    res.setHeader('x-content-type-options', 'nosniff');
    res.type('text/plain').send(text);
  });

  router.post('/endpoints/:id/extend', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const endpoint = await audited(
      auditor,
      { eventId: 'model-endpoint-extend', request: req, meta: { id } },
      () => endpoints.extend(credentials, id, req.header('idempotency-key')),
    );
    res.json(endpoint);
  });

  router.post('/endpoints/:id/stop', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const endpoint = await audited(
      auditor,
      { eventId: 'model-endpoint-stop', request: req, meta: { id } },
      () => endpoints.stop(credentials, id, req.header('idempotency-key')),
    );
    res.json(endpoint);
  });

  router.post('/endpoints/:id/key', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const endpoint = await audited(
      auditor,
      { eventId: 'model-endpoint-renew-key', request: req, meta: { id } },
      () => endpoints.renewKey(credentials, id, req.header('idempotency-key')),
    );
    res.setHeader('cache-control', 'no-store');
    res.json(endpoint);
  });
}
