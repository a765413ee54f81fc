import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { DriftService } from '../drift';
import type { GatewayAuthenticator } from '../gateways';
import type { OpenapiRouter } from '../schema/openapi.generated';

const anyone = { allow: ['user' as const, 'service' as const] };

/** How calls of models change, and what callers say of answers. */
export function addDriftRoutes(
  router: OpenapiRouter,
  deps: {
    httpAuth: HttpAuthService;
    auditor: AuditorService;
    authenticator: GatewayAuthenticator;
    drift: DriftService;
  },
): void {
  const { httpAuth, auditor, authenticator, drift } = deps;

  router.post('/feedback', async (req, res) => {
    await authenticator.authenticate(req);
    res.json(await drift.takeFeedback(req.body));
  });

  router.get('/drift', async (req, res) => {
    res.json(await drift.list(await httpAuth.credentials(req, anyone)));
  });

  router.get('/drift/model', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await drift.model(credentials, req.query));
  });

  router.get('/drift/model/history', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await drift.history(credentials, req.query));
  });

  router.post('/drift/references', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { model, version, from, to } = req.body;
    const reference = await audited(
      auditor,
      {
        eventId: 'usage-drift-reference-set',
        request: req,
        meta: { model, version, from, to },
      },
      () =>
        drift.setReference(
          credentials,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(reference);
  });
}
