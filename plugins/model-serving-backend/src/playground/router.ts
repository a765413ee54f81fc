import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { PlaygroundLimits } from '@modelhub/backstage-plugin-models-common';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { OpenapiRouter } from '../schema/openapi.generated';
import type { BatchService } from './batches/BatchService';
import type { ChatService } from './chat/ChatService';
import { sendEvents } from './chat/sendEvents';
import { TooManyChats } from './chat/TooManyChats';
import { checkFile } from './files/checkFile';
import type { People } from './People';
import type { TargetList } from './targets/TargetList';

/** What the routes ask. */
export interface PlaygroundDesk {
  chat: ChatService;
  targetList: TargetList;
  batches: BatchService;
  people: People;
  limits: PlaygroundLimits;
}

/** Prompts are for people: services call the gateway. */
const people = { allow: ['user' as const] };

/** Adds `/playground`. Bodies are never part of an audit event. */
export function addPlaygroundRoutes(
  router: OpenapiRouter,
  deps: {
    playground: PlaygroundDesk;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { httpAuth } = deps;
  const { chat, targetList, limits } = deps.playground;

  router.get('/playground/targets', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    res.json(await targetList.list(req.query, { credentials }));
  });

  router.post('/playground/chat', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    try {
      const events = await audited(
        deps.auditor,
        {
          eventId: 'playground-chat',
          request: req,
          severityLevel: 'low',
          meta: { target: req.body.target },
        },
        () => chat.begin(req.body, { credentials, signal: gone.signal }),
      );
      await sendEvents(res, events);
    } catch (error) {
      if (error instanceof TooManyChats) {
        res.setHeader('retry-after', String(error.retryAfterSeconds));
      }
      throw error;
    }
  });

  router.post('/playground/files/check', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    await deps.playground.people.ofCaller(credentials);
    res.json(checkFile(req.body, limits));
  });

  addBatchRoutes(router, deps);
}

function addBatchRoutes(
  router: OpenapiRouter,
  {
    playground: { batches },
    httpAuth,
    auditor,
  }: Parameters<typeof addPlaygroundRoutes>[1],
): void {
  router.get('/playground/batches', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    res.json(await batches.list(req.query, { credentials }));
  });

  router.post('/playground/batches', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    const { targets } = req.body;
    const batch = await audited(
      auditor,
      { eventId: 'playground-batch-start', request: req, meta: { targets } },
      () =>
        batches.create(req.body, {
          credentials,
          idempotencyKey: req.header('idempotency-key'),
        }),
    );
    res.status(201).json(batch);
  });

  router.get('/playground/batches/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    res.json(await batches.get(req.params.id, { credentials }));
  });

  router.delete('/playground/batches/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'playground-batch-erase', request: req, meta: { id } },
      () => batches.erase(id, { credentials }),
    );
    res.status(204).end();
  });

  router.get('/playground/batches/:id/rows', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    res.setHeader('cache-control', 'no-store');
    res.json(await batches.rows(req.params.id, req.query, { credentials }));
  });

  router.get('/playground/batches/:id/comparison', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    res.json(await batches.compare(req.params.id, req.query, { credentials }));
  });

  router.get('/playground/batches/:id/download', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    const { id } = req.params;
    const { format } = req.query;
    const { pieces, fileName } = await audited(
      auditor,
      { eventId: 'playground-batch-download', request: req, meta: { id } },
      () => batches.download(id, format, { credentials }),
    );
    res.setHeader('cache-control', 'no-store');
    res.setHeader('x-content-type-options', 'nosniff');
    res.setHeader('content-disposition', `attachment; filename="${fileName}"`);
    res.type(format === 'csv' ? 'text/csv' : 'application/jsonl');
    for await (const piece of pieces) res.write(piece);
    res.end();
  });

  type Deed = (
    id: string,
    by: { credentials: BackstageCredentials },
  ) => ReturnType<BatchService['get']>;
  const doing = async (
    eventId: string,
    req: Parameters<HttpAuthService['credentials']>[0],
    id: string,
    deed: Deed,
  ) => {
    const credentials = await httpAuth.credentials(req, people);
    return audited(auditor, { eventId, request: req, meta: { id } }, () =>
      deed(id, { credentials }),
    );
  };

  router.post('/playground/batches/:id/cancel', async (req, res) => {
    res.json(
      await doing('playground-batch-cancel', req, req.params.id, (id, by) =>
        batches.cancel(id, by),
      ),
    );
  });

  router.post('/playground/batches/:id/retry', async (req, res) => {
    res.json(
      await doing('playground-batch-retry', req, req.params.id, (id, by) =>
        batches.retry(id, by),
      ),
    );
  });

  router.post('/playground/batches/:id/save', async (req, res) => {
    res.json(
      await doing('playground-batch-save', req, req.params.id, (id, by) =>
        batches.save(id, req.body, by),
      ),
    );
  });

  router.post('/playground/batches/:id/attach', async (req, res) => {
    res.json(
      await doing('playground-batch-attach', req, req.params.id, (id, by) =>
        batches.attach(id, req.body, by),
      ),
    );
  });
}
