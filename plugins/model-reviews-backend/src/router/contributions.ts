import { audited } from '@modelhub/backstage-plugin-models-node';
import type { OpenapiRouter } from '../schema/openapi.generated';
import type { ReviewsRouterDeps } from './index';
import { anyone } from './anyone';

/** What goes for all kinds, and moderation. */
export function addContributionRoutes(
  router: OpenapiRouter,
  { auditor, contributions, httpAuth, moderation }: ReviewsRouterDeps,
): void {
  router.delete('/contributions/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const withdrawal = await audited(
      auditor,
      { eventId: 'model-contribution-withdraw', request: req, meta: { id } },
      () =>
        contributions.withdraw(credentials, id, req.header('idempotency-key')),
    );
    res.json(withdrawal);
  });

  router.post('/contributions/:id/undo-withdrawal', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'model-contribution-undo', request: req, meta: { id } },
      () =>
        contributions.undoWithdrawal(
          credentials,
          id,
          req.header('idempotency-key'),
        ),
    );
    res.status(204).end();
  });

  router.get('/contributions/:id/history', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await contributions.history(credentials, req.params.id));
  });

  router.put('/contributions/:id/helpful', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const votes = await audited(
      auditor,
      {
        eventId: 'model-contribution-vote',
        severityLevel: 'low',
        request: req,
        meta: { id },
      },
      () => contributions.vote(credentials, id, true),
    );
    res.json(votes);
  });

  router.delete('/contributions/:id/helpful', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const votes = await audited(
      auditor,
      {
        eventId: 'model-contribution-unvote',
        severityLevel: 'low',
        request: req,
        meta: { id },
      },
      () => contributions.vote(credentials, id, false),
    );
    res.json(votes);
  });

  router.post('/contributions/:id/reports', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const { reason } = req.body;
    await audited(
      auditor,
      {
        eventId: 'model-contribution-report',
        request: req,
        meta: { id, reason },
      },
      () =>
        moderation.report(
          credentials,
          id,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.status(204).end();
  });

  router.post('/contributions/:id/moderation', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const { action, reason } = req.body;
    const result = await audited(
      auditor,
      {
        eventId: 'model-contribution-moderate',
        severityLevel: 'high',
        request: req,
        meta: { id, action, reason },
      },
      () =>
        moderation.moderate(
          credentials,
          id,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(result);
  });

  router.get('/moderation', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await moderation.list(credentials, req.query));
  });
}
