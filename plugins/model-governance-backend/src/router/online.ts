import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { GatewayAuthenticator } from '../gateways';
import type { OnlineIngest, OnlineService } from '../online';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** Adds experiments with live calls: for people, and for gateways that report. */
export function addOnlineRoutes(
  router: OpenapiRouter,
  deps: {
    online: OnlineService;
    onlineIngest: OnlineIngest;
    authenticator: GatewayAuthenticator;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { online, onlineIngest, authenticator, httpAuth, auditor } = deps;
  const anyone = { allow: ['user' as const, 'service' as const] };

  router.get('/online-experiments', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await online.list(credentials, req.query));
  });

  router.post('/online-experiments', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { profile, title } = req.body;
    const planned = await audited(
      auditor,
      { eventId: 'online-plan', request: req, meta: { profile, title } },
      () => online.plan(credentials, req.body, req.header('idempotency-key')),
    );
    res.status(201).json(planned);
  });

  router.get('/online-experiments/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await online.get(credentials, req.params.id));
  });

  router.post('/online-experiments/:id/consent', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const running = await audited(
      auditor,
      {
        eventId: 'online-consent',
        severityLevel: 'high',
        request: req,
        meta: { id, textHash: req.body.textHash },
      },
      () =>
        online.consent(
          credentials,
          id,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(running);
  });

  router.post('/online-experiments/:id/stop', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const { withdrawConsent = false } = req.body;
    const stopped = await audited(
      auditor,
      {
        eventId: 'online-stop',
        severityLevel: 'high',
        request: req,
        meta: { id, withdrawConsent },
      },
      () =>
        online.stop(credentials, id, req.body, req.header('idempotency-key')),
    );
    res.json(stopped);
  });

  router.post('/online-batches', async (req, res) => {
    const gateway = await authenticator.authenticate(req);
    res.json(await onlineIngest.take(gateway, req.body));
  });
}
