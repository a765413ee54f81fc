import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type {
  EvidenceBundles,
  SubmissionService,
  TokenService,
} from '../evidence';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** Adds evidence from pipelines: tokens, submissions, withdrawal and bundles. */
export function addEvidenceRoutes(
  router: OpenapiRouter,
  deps: {
    evidence: SubmissionService;
    evidenceTokens: TokenService;
    bundles: EvidenceBundles;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { evidence, evidenceTokens, bundles, httpAuth, auditor } = deps;
  const anyone = { allow: ['user' as const, 'service' as const] };

  router.post('/evidence', async (req, res) => {
    const receipt = await audited(
      auditor,
      {
        eventId: 'evidence-submit',
        request: req,
        meta: { keyId: req.body.signatures[0].keyid },
      },
      () => evidence.submit(req.body),
    );
    res.status(receipt.replayed ? 200 : 201).json(receipt);
  });

  router.get('/evidence/tokens', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await evidenceTokens.list(credentials, req.query));
  });

  router.post('/evidence/tokens', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { entityRef, modelVersion, gates } = req.body;
    const token = await audited(
      auditor,
      {
        eventId: 'evidence-token-issue',
        request: req,
        meta: { entityRef, modelVersion, gates },
      },
      () =>
        evidenceTokens.issue(
          credentials,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.setHeader('cache-control', 'no-store');
    res.status(201).json(token);
  });

  router.delete('/evidence/tokens/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const token = await audited(
      auditor,
      { eventId: 'evidence-token-revoke', request: req, meta: { id } },
      () =>
        evidenceTokens.revoke(credentials, id, req.header('idempotency-key')),
    );
    res.json(token);
  });

  router.post('/evidence/ci-identity', async (req, res) => {
    const { entityRef, modelVersion } = req.body;
    const token = await audited(
      auditor,
      {
        eventId: 'evidence-ci-exchange',
        request: req,
        meta: { entityRef, modelVersion },
      },
      () => evidenceTokens.exchange(req.body),
    );
    res.status(201).json(token);
  });

  router.post('/evidence/:id/withdraw', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const submission = await audited(
      auditor,
      { eventId: 'evidence-withdraw', request: req, meta: { id } },
      () =>
        evidence.withdraw(id, req.body, {
          credentials,
          idempotencyKey: req.header('idempotency-key'),
        }),
    );
    res.json(submission);
  });

  router.get('/approvals/:id/evidence', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await evidence.ofApproval(req.params.id, credentials));
  });

  router.get('/approvals/:id/evidence-bundle', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const bundle = await bundles.ofApproval(id, credentials);
    res.setHeader(
      'content-disposition',
      `attachment; filename="evidence-${bundle.approval.id}.json"`,
    );
    res.setHeader('cache-control', 'no-store');
    res.type('application/vnd.modelhub.evidence-bundle+json');
    res.send(JSON.stringify(bundle));
  });
}
