import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { OpenapiRouter } from '../schema/openapi.generated';
import type { WaiverService } from '../waivers';

/** Adds `/waivers` and `/policy-exceptions`. */
export function addWaiverRoutes(
  router: OpenapiRouter,
  deps: { waivers: WaiverService; httpAuth: HttpAuthService },
): void {
  const { waivers, httpAuth } = deps;
  const anyone = { allow: ['user' as const, 'service' as const] };

  router.get('/waivers', async (req, res) => {
    res.json(
      await waivers.list(req.query, {
        credentials: await httpAuth.credentials(req, anyone),
      }),
    );
  });

  router.get('/policy-exceptions', async (req, res) => {
    res.json({
      items: await waivers.exceptions({
        credentials: await httpAuth.credentials(req, anyone),
      }),
    });
  });
}
