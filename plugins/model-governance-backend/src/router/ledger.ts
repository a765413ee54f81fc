import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { TimelineEntry } from '@modelhub/backstage-plugin-models-common';
import { pipeline } from 'node:stream/promises';
import type { AuthorizedLedgerReader, ReadableLedgerEvent } from '../ledger';
import type { OpenapiRouter } from '../schema/openapi.generated';

async function* toLines(items: AsyncIterable<object>): AsyncIterable<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}

/** Adds the ledger: history, export, verification and checkpoints. */
export function addLedgerRoutes(
  router: OpenapiRouter,
  deps: {
    ledger: AuthorizedLedgerReader;
    /** An event in words. */
    present(event: ReadableLedgerEvent): TimelineEntry;
    httpAuth: HttpAuthService;
  },
): void {
  const { ledger, present, httpAuth } = deps;
  const anyone = { allow: ['user' as const, 'service' as const] };

  router.get('/ledger', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { entityRef, subject, type, order, cursor, limit } = req.query;
    const page = await ledger.query(credentials, {
      entityRef,
      subject,
      type,
      order,
      cursor,
      limit: limit === undefined ? undefined : Number(limit),
    });
    res.json({ ...page, items: page.items.map(present) });
  });

  router.get('/ledger/export', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { entityRef } = req.query;
    const events = await ledger.export(credentials, { entityRef });
    res.setHeader('content-type', 'application/x-ndjson');
    res.setHeader(
      'content-disposition',
      'attachment; filename="model-governance-ledger.jsonl"',
    );
    await pipeline(toLines(events), res);
  });

  router.get('/ledger/verification', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await ledger.verify(credentials));
  });

  router.get('/ledger/checkpoints', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const items = await ledger.checkpoints(credentials);
    res.json({ items: items.map(item => ({ ...item })) });
  });
}
