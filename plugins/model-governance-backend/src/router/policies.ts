import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { AuthorizedPolicyReader } from '../policies/AuthorizedPolicyReader';
import type { PolicyTrials } from '../policies/trials';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** Adds the paths under `/policies` that change nothing. */
export function addPolicyRoutes(
  router: OpenapiRouter,
  deps: {
    policies: AuthorizedPolicyReader;
    trials: PolicyTrials;
    httpAuth: HttpAuthService;
  },
): void {
  const { policies, trials, httpAuth } = deps;
  const anyone = { allow: ['user' as const, 'service' as const] };

  router.get('/policies', async (req, res) => {
    res.json(await policies.read(await httpAuth.credentials(req, anyone)));
  });

  router.get('/policies/gates', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json({ items: await trials.gates({ credentials }) });
  });

  router.post('/policies/check', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await trials.check(req.body.files, { credentials }));
  });

  router.post('/policies/replay', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await trials.replay(req.body, { credentials }));
  });
}
