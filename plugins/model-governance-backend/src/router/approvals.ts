import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import {
  audited,
  type HttpRequest,
} from '@modelhub/backstage-plugin-models-node';
import type { ApprovalService } from '../approvals';
import type { OpenapiRouter } from '../schema/openapi.generated';

export interface ApprovalRouteDeps {
  approvals: ApprovalService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
}

/** Adds the paths under `/approvals`, `/emergency-approvals` and `/delegations`. */
export function addApprovalRoutes(
  router: OpenapiRouter,
  { approvals, httpAuth, auditor }: ApprovalRouteDeps,
): void {
  const asked = async (req: HttpRequest) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });
  const commanded = async (req: HttpRequest) => ({
    ...(await asked(req)),
    idempotencyKey: req.header('idempotency-key'),
  });
  const audit = <T>(
    request: HttpRequest,
    eventId: string,
    meta: JsonObject,
    work: () => Promise<T>,
  ) => audited(auditor, { eventId, request, meta }, work);

  router.get('/approvals', async (req, res) => {
    res.json(await approvals.list(req.query, await asked(req)));
  });

  router.post('/approvals', async (req, res) => {
    const { entityRef, tier, submit = false } = req.body;
    const detail = await audit(
      req,
      'approval-create',
      { entityRef, tier, submit },
      async () => approvals.create(req.body, await commanded(req)),
    );
    res.status(201).json(detail);
  });

  router.post('/approvals/preview', async (req, res) => {
    res.json(await approvals.preview(req.body, await asked(req)));
  });

  router.get('/approvals/:id', async (req, res) => {
    res.json(await approvals.get(req.params.id, await asked(req)));
  });

  router.get('/approvals/:id/timeline', async (req, res) => {
    res.json({
      items: await approvals.timeline(req.params.id, await asked(req)),
    });
  });

  router.post('/approvals/:id/commands', async (req, res) => {
    const { id } = req.params;
    const { command } = req.body;
    res.json(
      await audit(
        req,
        'approval-command',
        { queryType: command, approvalId: id },
        async () => approvals.command(id, req.body, await commanded(req)),
      ),
    );
  });

  router.post('/approvals/:id/gates/:gateId/rerun', async (req, res) => {
    const { id, gateId } = req.params;
    res.json(
      await audit(req, 'gate-rerun', { approvalId: id, gateId }, async () =>
        approvals.rerunGate(id, gateId, await commanded(req)),
      ),
    );
  });

  router.post('/approvals/:id/gates/:gateId/waiver', async (req, res) => {
    const { id, gateId } = req.params;
    res.json(
      await audit(req, 'gate-waive', { approvalId: id, gateId }, async () =>
        approvals.waiveGate(id, { ...req.body, gateId }, await commanded(req)),
      ),
    );
  });

  router.post('/approvals/:id/gates/:gateId/waiver/end', async (req, res) => {
    const { id, gateId } = req.params;
    res.json(
      await audit(req, 'waiver-end', { approvalId: id, gateId }, async () =>
        approvals.endWaiver(id, { ...req.body, gateId }, await commanded(req)),
      ),
    );
  });

  router.get(
    '/approvals/:id/gates/:gateId/evidence/:name',
    async (req, res) => {
      const { id, gateId, name } = req.params;
      const file = await approvals.evidenceFile(
        id,
        gateId,
        name,
        await asked(req),
      );
      // What a model's files say must not be shown as a page of the portal.
      res.setHeader('content-type', file.mediaType);
      res.setHeader('x-content-type-options', 'nosniff');
      res.setHeader(
        'content-disposition',
        `attachment; filename="${file.name}"`,
      );
      res.setHeader('etag', `"${file.sha256}"`);
      res.send(file.text);
    },
  );

  router.post('/emergency-approvals', async (req, res) => {
    const { entityRef, tier } = req.body;
    const detail = await audit(
      req,
      'break-glass',
      { entityRef, tier },
      async () => approvals.breakGlass(req.body, await commanded(req)),
    );
    res.status(201).json(detail);
  });

  router.post('/emergency-approvals/:id/review', async (req, res) => {
    const { id } = req.params;
    const { verdict } = req.body;
    res.json(
      await audit(
        req,
        'break-glass-review',
        { approvalId: id, verdict },
        async () =>
          approvals.reviewBreakGlass(id, req.body, await commanded(req)),
      ),
    );
  });

  router.get('/delegations', async (req, res) => {
    res.json({ items: await approvals.delegations(await asked(req)) });
  });

  router.post('/delegations', async (req, res) => {
    const delegation = await audit(req, 'delegation-create', {}, async () =>
      approvals.createDelegation(req.body, await commanded(req)),
    );
    res.status(201).json(delegation);
  });

  router.delete('/delegations/:id', async (req, res) => {
    const { id } = req.params;
    res.json(
      await audit(req, 'delegation-end', { delegationId: id }, async () =>
        approvals.endDelegation(id, await commanded(req)),
      ),
    );
  });
}
