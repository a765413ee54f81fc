import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { AuthorizedPolicyReader } from '../policies/AuthorizedPolicyReader';
import type { createOpenapiRouter } from '../schema/openapi.generated';

/** Adds the paths under `/policies`. */
export function addPolicyRoutes(
  router: Awaited<ReturnType<typeof createOpenapiRouter>>,
  deps: { policies: AuthorizedPolicyReader; httpAuth: HttpAuthService },
): void {
  router.get('/policies', async (req, res) => {
    const credentials = await deps.httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    res.json(await deps.policies.read(credentials));
  });
}
