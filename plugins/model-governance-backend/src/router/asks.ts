import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { AskService, GatewayAsks } from '../asks';
import type { GatewayAuthenticator } from '../gateways';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** Adds questions: for gateways to put, and for people to decide. */
export function addAskRoutes(
  router: OpenapiRouter,
  deps: {
    asks: AskService;
    gatewayAsks: GatewayAsks;
    authenticator: GatewayAuthenticator;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { asks, gatewayAsks, authenticator, httpAuth, auditor } = deps;

  router.get('/asks', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    res.json(await asks.list(credentials, req.query));
  });

  router.post('/asks/:id/decide', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const { id } = req.params;
    const { decision } = req.body;
    const ask = await audited(
      auditor,
      {
        eventId: 'ask-decide',
        severityLevel: 'high',
        request: req,
        meta: { id, decision },
      },
      () =>
        asks.decide(credentials, id, req.body, req.header('idempotency-key')),
    );
    res.json(ask);
  });

  router.post('/asks', async (req, res) => {
    const gateway = await authenticator.authenticate(req);
    const { id, keyId } = req.body;
    const status = await audited(
      auditor,
      {
        eventId: 'ask-open',
        request: req,
        meta: { id, keyId, gateway: gateway.id },
      },
      () => gatewayAsks.open(gateway, req.body),
    );
    res.json(status);
  });

  router.get('/asks/:id', async (req, res) => {
    const gateway = await authenticator.authenticate(req);
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    const status = await gatewayAsks.wait(gateway, req.params.id, {
      seconds: Number(req.query.wait ?? 0),
      signal: gone.signal,
    });
    res.setHeader('cache-control', 'no-store');
    res.json(status);
  });

  router.delete('/asks/:id', async (req, res) => {
    const gateway = await authenticator.authenticate(req);
    const { id } = req.params;
    const status = await audited(
      auditor,
      {
        eventId: 'ask-withdraw',
        severityLevel: 'low',
        request: req,
        meta: { id, gateway: gateway.id },
      },
      () => gatewayAsks.withdraw(gateway, id),
    );
    res.json(status);
  });
}
