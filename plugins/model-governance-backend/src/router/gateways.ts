import type {
  AuditorService,
  HttpAuthService,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { GatewayAuthenticator, GatewayService } from '../gateways';
import type { KeyRotation } from '../keys';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** Paths at which gateways show a proof or a token of their own, or that are public. */
export function allowGateways(
  http: Pick<HttpRouterService, 'addAuthPolicy'>,
): void {
  for (const path of [
    '/gateways/enrol',
    '/gateways/status',
    '/allowlist/snapshot',
    '/allowlist/stream',
    '/online-batches',
    // The routes of people under it ask for credentials themselves.
    '/asks',
    // Pipelines sign what they send; the routes of people ask for credentials themselves.
    '/evidence',
    '/signing-keys',
  ]) {
    http.addAuthPolicy({ path, allow: 'unauthenticated' });
  }
}

/** Adds enrolment and status of gateways, and the public keys that they pin. */
export function addGatewayRoutes(
  router: OpenapiRouter,
  deps: {
    gateways: GatewayService;
    rotation: KeyRotation;
    authenticator: GatewayAuthenticator;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { gateways, rotation, authenticator, httpAuth, auditor } = deps;
  const anyone = { allow: ['user' as const, 'service' as const] };

  router.get('/gateways', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json({ items: await gateways.list(credentials) });
  });

  router.post('/gateways/invitations', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { name } = req.body;
    const invitation = await audited(
      auditor,
      { eventId: 'gateway-invite', request: req, meta: { name } },
      () => gateways.invite(credentials, name, req.header('idempotency-key')),
    );
    res.setHeader('cache-control', 'no-store');
    res.status(201).json(invitation);
  });

  router.post('/gateways/enrol', async (req, res) => {
    const { name } = req.body;
    const identity = await audited(
      auditor,
      {
        eventId: 'gateway-enrol',
        severityLevel: 'high',
        request: req,
        meta: { name },
      },
      () => gateways.enrol(req.body),
    );
    res.status(201).json(identity);
  });

  router.post('/gateways/status', async (req, res) => {
    const gateway = await authenticator.authenticate(req);
    await gateways.report(gateway, req.body);
    res.status(204).end();
  });

  router.delete('/gateways/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    await audited(
      auditor,
      {
        eventId: 'gateway-remove',
        severityLevel: 'high',
        request: req,
        meta: { id },
      },
      () => gateways.remove(credentials, id, req.header('idempotency-key')),
    );
    res.status(204).end();
  });

  router.get('/gateways/:id/identity', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['service'] });
    res.json(await gateways.identity(req.params.id));
  });

  router.get('/signing-keys', async (_req, res) => {
    res.json({ items: await gateways.signingKeys() });
  });

  router.post('/signing-keys/rotate', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { use } = req.body;
    const key = await audited(
      auditor,
      {
        eventId: 'signing-key-rotate',
        severityLevel: 'critical',
        request: req,
        meta: { use },
      },
      () =>
        rotation.rotate(credentials, req.body, req.header('idempotency-key')),
    );
    res.json(key);
  });
}
