import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type {
  AttachedEvaluationService,
  OwnInputResults,
  PackService,
  ResultService,
  RunService,
} from '../evaluations';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** Adds `/evaluation-packs`, `/model-evaluations` and `/evaluation-runs`. */
export function addEvaluationRoutes(
  router: OpenapiRouter,
  deps: {
    evaluationPacks: PackService;
    evaluationResults: ResultService;
    evaluationRuns: RunService;
    ownInput: OwnInputResults;
    attachedEvaluations: AttachedEvaluationService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const {
    evaluationPacks: packs,
    evaluationResults: results,
    evaluationRuns: runs,
    ownInput,
    attachedEvaluations,
    httpAuth,
    auditor,
  } = deps;
  const anyone = { allow: ['user' as const, 'service' as const] };

  router.get('/evaluation-packs', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json({ items: await packs.list(req.query, { credentials }) });
  });

  router.get('/evaluation-packs/:namespace/:name', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { version } = req.query;
    res.json(await packs.get({ ...req.params, version }, { credentials }));
  });

  router.get(
    '/evaluation-packs/:namespace/:name/download',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req, anyone);
      const { version } = req.query;
      res.json(
        await packs.download({ ...req.params, version }, { credentials }),
      );
    },
  );

  router.get('/model-evaluations', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await results.list(req.query, { credentials }));
  });

  router.post('/model-evaluations', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { entityRef, modelVersion } = req.body;
    const result = await audited(
      auditor,
      {
        eventId: 'evaluation-file',
        request: req,
        meta: { entityRef, modelVersion },
      },
      () =>
        ownInput.file(req.body, {
          credentials,
          idempotencyKey: req.header('idempotency-key'),
        }),
    );
    res.status(201).json(result);
  });

  router.get('/approvals/:id/evaluations', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await attachedEvaluations.list(req.params.id, credentials));
  });

  router.post('/approvals/:id/evaluations', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { id } = req.params;
    const { resultId } = req.body;
    const attached = await audited(
      auditor,
      { eventId: 'evaluation-attach', request: req, meta: { id, resultId } },
      () =>
        attachedEvaluations.attach(id, req.body, {
          credentials,
          idempotencyKey: req.header('idempotency-key'),
        }),
    );
    res.json(attached);
  });

  router.get('/model-evaluations/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await results.get(req.params.id, { credentials }));
  });

  router.get('/model-evaluations/:id/failures', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const items = await audited(
      auditor,
      { eventId: 'evaluation-content-read', request: req, meta: { id } },
      () => results.failures(id, { credentials }),
    );
    res.setHeader('cache-control', 'no-store');
    res.json({ items });
  });

  router.get('/model-evaluations/:id/compare', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await results.compare(req.params.id, req.query, { credentials }));
  });

  router.get('/model-evaluations/:id/report', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const { format } = req.query as { format: 'html' | 'markdown' };
    const { text, fileName } = await audited(
      auditor,
      { eventId: 'evaluation-report', request: req, meta: { id } },
      () => results.report(id, { ...req.query, format }, { credentials }),
    );
    const isHtml = format === 'html';
    res.setHeader('cache-control', 'no-store');
    // It quotes what models said: nothing of it runs on this origin.
    res.setHeader(
      'content-security-policy',
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    );
    res.setHeader('x-content-type-options', 'nosniff');
    res.setHeader(
      'content-disposition',
      `attachment; filename="${fileName}.${isHtml ? 'html' : 'md'}"`,
    );
    res.type(isHtml ? 'text/html' : 'text/markdown');
    res.send(text);
  });

  router.get('/evaluation-runs', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await runs.list(req.query, { credentials }));
  });

  router.post('/evaluation-runs', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { entityRef, modelVersion, pack } = req.body;
    const run = await audited(
      auditor,
      {
        eventId: 'evaluation-run-start',
        request: req,
        meta: { entityRef, modelVersion, pack },
      },
      () =>
        runs.start(req.body, {
          credentials,
          idempotencyKey: req.header('idempotency-key'),
        }),
    );
    res.status(201).json(run);
  });

  router.get('/evaluation-runs/preview', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await runs.preview(req.query, { credentials }));
  });

  router.get('/evaluation-runs/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await runs.get(req.params.id, { credentials }));
  });

  router.post('/evaluation-runs/:id/cancel', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const run = await audited(
      auditor,
      { eventId: 'evaluation-run-cancel', request: req, meta: { id } },
      () =>
        runs.cancel(id, {
          credentials,
          idempotencyKey: req.header('idempotency-key'),
        }),
    );
    res.json(run);
  });

  router.post('/evaluation-runs/:id/retry', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const run = await audited(
      auditor,
      { eventId: 'evaluation-run-retry', request: req, meta: { id } },
      () =>
        runs.retry(id, {
          credentials,
          idempotencyKey: req.header('idempotency-key'),
        }),
    );
    res.json(run);
  });
}
