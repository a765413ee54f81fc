import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  audited,
  type HttpRequest,
} from '@modelhub/backstage-plugin-models-node';
import type {
  ProposalActivator,
  ProposalReader,
  ProposalWriter,
} from '../policies/proposals';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** Adds the files, proposals and history of policies. */
export function addPolicyProposalRoutes(
  router: OpenapiRouter,
  deps: {
    proposals: {
      reader: ProposalReader;
      writer: ProposalWriter;
      activator: ProposalActivator;
    };
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { proposals, httpAuth, auditor } = deps;
  const { reader, writer, activator } = proposals;
  const anyone = { allow: ['user' as const, 'service' as const] };
  const person = { allow: ['user' as const] };

  /** A mutation by a person, between the halves of an audit event. */
  const change = async <T>(
    req: HttpRequest,
    what: { eventId: string; severityLevel?: 'critical'; id?: string },
    work: (options: {
      credentials: Awaited<ReturnType<HttpAuthService['credentials']>>;
      idempotencyKey?: string;
    }) => Promise<T>,
  ): Promise<T> => {
    const credentials = await httpAuth.credentials(req, person);
    const { id, ...event } = what;
    return audited(
      auditor,
      { ...event, request: req, ...(id && { meta: { id } }) },
      () =>
        work({
          credentials,
          idempotencyKey: req.header('idempotency-key'),
        }),
    );
  };

  router.get('/policies/files', async (req, res) => {
    res.json(await reader.files(await httpAuth.credentials(req, anyone)));
  });

  router.post('/policies/conflicts/keep', async (req, res) => {
    res.json(
      await change(req, { eventId: 'policy-conflict-settle' }, options =>
        activator.keep(req.body, options),
      ),
    );
  });

  router.get('/policies/proposals', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { cursor, limit } = req.query;
    res.json(
      await reader.list(credentials, { cursor, limit: asNumber(limit) }),
    );
  });

  router.post('/policies/proposals', async (req, res) => {
    const answer = await change(req, { eventId: 'policy-propose' }, options =>
      writer.create(req.body, options),
    );
    res.status(201).json(answer);
  });

  router.get('/policies/proposals/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await reader.get(credentials, req.params.id));
  });

  router.put('/policies/proposals/:id', async (req, res) => {
    const { id } = req.params;
    res.json(
      await change(req, { eventId: 'policy-proposal-change', id }, options =>
        writer.change(id, req.body, options),
      ),
    );
  });

  router.post('/policies/proposals/:id/rebase', async (req, res) => {
    const { id } = req.params;
    res.json(
      await change(req, { eventId: 'policy-proposal-rebase', id }, options =>
        writer.rebase(id, req.body, options),
      ),
    );
  });

  router.post('/policies/proposals/:id/withdraw', async (req, res) => {
    const { id } = req.params;
    res.json(
      await change(req, { eventId: 'policy-proposal-withdraw', id }, options =>
        writer.withdraw(id, req.body, options),
      ),
    );
  });

  router.post('/policies/proposals/:id/activate', async (req, res) => {
    const { id } = req.params;
    res.json(
      await change(
        req,
        { eventId: 'policy-activate', severityLevel: 'critical', id },
        options => activator.activate(id, req.body, options),
      ),
    );
  });

  router.get('/policies/proposals/:id/patch', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const patch = await reader.patch(credentials, req.params.id);
    res.setHeader('content-type', 'text/x-diff; charset=utf-8');
    res.setHeader(
      'content-disposition',
      'attachment; filename="policies.patch"',
    );
    res.end(patch);
  });

  router.get('/policies/activations', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { cursor, limit } = req.query;
    res.json(
      await reader.activations(credentials, { cursor, limit: asNumber(limit) }),
    );
  });

  router.get('/policies/activations/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await reader.activation(credentials, Number(req.params.id)));
  });
}

/** Query parameters are texts unless the validator turned them into numbers. */
function asNumber(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
