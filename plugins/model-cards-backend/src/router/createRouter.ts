import type {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { modelCardsRefreshPermission } from '@modelhub/backstage-plugin-models-common';
import type { RequestHandler } from 'express';
import type { ModelReader } from '../database/ModelStore';
import { createOpenapiRouter } from '../schema/openapi.generated';
import type { CardReader } from '../service/CardReader';
import type { ModelCardsService } from '../service/ModelCardsService';
import type { SweepSchedule } from '../sweep/SweepSchedule';

/** The HTTP API of the read side. */
export async function createRouter(options: {
  models: ModelCardsService;
  cards: CardReader;
  reader: ModelReader;
  schedule: Pick<SweepSchedule, 'nudge'>;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  auditor: AuditorService;
}): Promise<RequestHandler> {
  const { models, cards, reader, schedule, httpAuth, permissions, auditor } =
    options;
  const router = await createOpenapiRouter();

  router.get('/models', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await models.listModels(req.query, { credentials }));
  });

  router.get('/models/by-name/:namespace/:name', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await models.getModel(req.params, { credentials }));
  });

  router.get('/models/by-name/:namespace/:name/card', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await cards.read(req.params, { credentials }));
  });

  router.get('/changes', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['service'] });
    const { after = 0, limit = 200 } = req.query;
    res.json(await reader.listChanges(after, limit));
  });

  router.post('/refresh', async (req, res) => {
    const rebuild = Boolean(req.body?.rebuild);
    const event = await auditor.createEvent({
      eventId: 'models-refresh',
      severityLevel: 'low',
      request: req,
      meta: { rebuild },
    });
    try {
      const credentials = await httpAuth.credentials(req);
      const [{ result }] = await permissions.authorize(
        [{ permission: modelCardsRefreshPermission }],
        { credentials },
      );
      if (result !== AuthorizeResult.ALLOW) {
        throw new NotAllowedError(
          `Refreshing the model index needs the permission ${modelCardsRefreshPermission.name}; it refreshes itself every 30 seconds`,
        );
      }
      await schedule.nudge({ rebuild });
      await event.success();
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
    res.status(202).end();
  });

  return router;
}
