import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { ImportService } from '../imports';
import type { OpenapiRouter } from '../schema/openapi.generated';
import type { SourceDesk } from '../sources';

const anyone = { allow: ['user' as const, 'service' as const] };

/** Sources that are asked, and files that are imported. */
export function addImportRoutes(
  router: OpenapiRouter,
  deps: {
    httpAuth: HttpAuthService;
    auditor: AuditorService;
    imports: ImportService;
    sourceDesk: SourceDesk;
  },
): void {
  const { httpAuth, auditor, imports, sourceDesk } = deps;

  router.get('/sources', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json({ items: await sourceDesk.list(credentials) });
  });

  router.post('/sources/:id/retry', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const state = await audited(
      auditor,
      {
        eventId: 'usage-source-retry',
        request: req,
        severityLevel: 'low',
        meta: { id },
      },
      () => sourceDesk.retry(credentials, id),
    );
    res.json(state);
  });

  router.get('/imports', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await imports.list(credentials, req.query));
  });

  router.post('/imports', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { format, fileName, dryRun = false } = req.body;
    if (dryRun) {
      res.json(await imports.take(credentials, req.body));
      return;
    }
    const outcome = await audited(
      auditor,
      {
        eventId: 'usage-import',
        request: req,
        meta: { format, fileName },
      },
      () => imports.take(credentials, req.body),
    );
    res.json(outcome);
  });

  router.post('/imports/:id/undo', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const undone = await audited(
      auditor,
      { eventId: 'usage-import-undo', request: req, meta: { id } },
      () => imports.undo(credentials, id),
    );
    res.json(undone);
  });
}
