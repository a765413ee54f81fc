import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { AuthorizedPolicyReader } from '../policies/AuthorizedPolicyReader';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** Adds the paths under `/policies`. */
export function addPolicyRoutes(
  router: OpenapiRouter,
  deps: { policies: AuthorizedPolicyReader; httpAuth: HttpAuthService },
): void {
  router.get('/policies', async (req, res) => {
    const credentials = await deps.httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    res.json(await deps.policies.read(credentials));
  });
}
