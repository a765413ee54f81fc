import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type {
  AccessChecker,
  KeyBindings,
  KeyService,
  ProfileService,
  PurposeService,
} from '../access';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** Adds profiles, purposes, gateway keys and the access check. */
export function addAccessRoutes(
  router: OpenapiRouter,
  deps: {
    checker: AccessChecker;
    profiles: ProfileService;
    purposes: PurposeService;
    keys: KeyService;
    bindings: KeyBindings;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { checker, profiles, purposes, keys, httpAuth, auditor } = deps;
  const { bindings } = deps;
  const anyone = { allow: ['user' as const, 'service' as const] };

  router.post('/access/check', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await checker.check(credentials, req.body));
  });

  router.get('/access-profiles', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json({ items: await profiles.list(credentials) });
  });

  router.post('/access-profiles', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const profile = await audited(
      auditor,
      {
        eventId: 'access-profile-create',
        request: req,
        meta: { id: req.body.id },
      },
      () =>
        profiles.create(credentials, req.body, req.header('idempotency-key')),
    );
    res.status(201).json(profile);
  });

  router.put('/access-profiles/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const profile = await audited(
      auditor,
      { eventId: 'access-profile-update', request: req, meta: { id } },
      () =>
        profiles.update(
          credentials,
          id,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(profile);
  });

  router.get('/purposes', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json({ items: await purposes.list(credentials) });
  });

  router.post('/purposes', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const purpose = await audited(
      auditor,
      { eventId: 'purpose-create', request: req, meta: { id: req.body.id } },
      () =>
        purposes.create(credentials, req.body, req.header('idempotency-key')),
    );
    res.status(201).json(purpose);
  });

  router.put('/purposes/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const purpose = await audited(
      auditor,
      { eventId: 'purpose-update', request: req, meta: { id } },
      () =>
        purposes.update(
          credentials,
          id,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(purpose);
  });

  router.get('/keys', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { profile } = req.query;
    res.json(await keys.list(credentials, { profile }));
  });

  router.post('/keys', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { profile, purpose, tier, endpoint } = req.body;
    const key = await audited(
      auditor,
      {
        eventId: 'gateway-key-issue',
        request: req,
        meta: { profile, purpose, tier, ...(endpoint && { endpoint }) },
      },
      () => keys.issue(credentials, req.body, req.header('idempotency-key')),
    );
    res.setHeader('cache-control', 'no-store');
    res.status(201).json(key);
  });

  router.post('/keys/:id/rotate', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const key = await audited(
      auditor,
      { eventId: 'gateway-key-rotate', request: req, meta: { id } },
      () =>
        keys.rotate(credentials, id, req.body, req.header('idempotency-key')),
    );
    res.setHeader('cache-control', 'no-store');
    res.json(key);
  });

  router.put('/keys/:id/endpoint', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const { gatewayId, version } = req.body;
    const key = await audited(
      auditor,
      {
        eventId: 'gateway-key-bind',
        request: req,
        meta: { id, gatewayId, version },
      },
      () =>
        bindings.bind(credentials, id, req.body, req.header('idempotency-key')),
    );
    res.json(key);
  });

  router.delete('/keys/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const key = await audited(
      auditor,
      { eventId: 'gateway-key-revoke', request: req, meta: { id } },
      () => keys.revoke(credentials, id, req.header('idempotency-key')),
    );
    res.json(key);
  });
}
