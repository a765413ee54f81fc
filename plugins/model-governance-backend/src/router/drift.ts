import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { DriftActions } from '../drift';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** What is done about drift, and who tells of it. */
export function addDriftRoutes(
  router: OpenapiRouter,
  deps: {
    drift: DriftActions;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { drift, httpAuth, auditor } = deps;

  router.get('/drift-policy', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['user', 'service'] });
    res.json({ items: drift.policy() });
  });

  router.post('/drift-reports', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['service'] });
    const { episode, gatewayId, modelVersion } = req.body;
    const answer = await audited(
      auditor,
      {
        eventId: 'drift-report',
        severityLevel: 'high',
        request: req,
        meta: { episode, gatewayId, modelVersion },
      },
      () => drift.report(credentials, req.body),
    );
    res.json(answer);
  });
}
