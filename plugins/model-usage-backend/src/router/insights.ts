import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Insights } from '../insights';
import type { OpenapiRouter } from '../schema/openapi.generated';

const anyone = { allow: ['user' as const, 'service' as const] };

/** The document allows no other. */
const asKind = (kind: string) => kind as 'team' | 'component' | 'profile';

export interface InsightRoutesDeps {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  insights: Insights;
}

/** What usage shows. */
export function addInsightRoutes(
  router: OpenapiRouter,
  deps: InsightRoutesDeps,
): void {
  addModelRoutes(router, deps);
  addCallerRoutes(router, deps);
  addOrganisationRoutes(router, deps);
}

function addModelRoutes(
  router: OpenapiRouter,
  { httpAuth, insights }: InsightRoutesDeps,
): void {
  router.get('/insights/model', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await insights.models.get(credentials, req.query));
  });

  router.get('/insights/model/callers', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await insights.modelCallers.list(credentials, req.query));
  });

  router.get('/insights/model/teams', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await insights.modelCallers.teams(credentials, req.query));
  });

  router.get('/insights/model/heat-map', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await insights.models.heatMap(credentials, req.query));
  });

  router.post('/insights/models/by-refs', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await insights.models.summaries(credentials, req.body.entityRefs));
  });
}

function addCallerRoutes(
  router: OpenapiRouter,
  { httpAuth, auditor, insights }: InsightRoutesDeps,
): void {
  router.get('/insights/callers/:callerKind/:caller', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { callerKind, caller } = req.params;
    res.json(
      await insights.callers.get(
        credentials,
        asKind(callerKind),
        caller,
        req.query,
      ),
    );
  });

  router.get('/insights/callers/:callerKind/:caller/uses', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { callerKind, caller } = req.params;
    res.json(
      await insights.callers.uses(
        credentials,
        asKind(callerKind),
        caller,
        req.query,
      ),
    );
  });

  router.get(
    '/insights/callers/:callerKind/:caller/budget',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req, anyone);
      const { callerKind, caller } = req.params;
      res.json(
        await insights.burn.get(
          credentials,
          asKind(callerKind),
          caller,
          req.query.month,
        ),
      );
    },
  );

  router.get('/insights/chargeback', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    await audited(
      auditor,
      {
        eventId: 'usage-chargeback-export',
        request: req,
        meta: { ...req.query },
      },
      async () => {
        const file = await insights.chargeback.export(credentials, req.query);
        res.setHeader('content-type', 'text/csv; charset=utf-8');
        res.setHeader(
          'content-disposition',
          `attachment; filename="${file.name}"`,
        );
        await pipeline(Readable.from(file.pieces), res);
      },
    );
  });
}

function addOrganisationRoutes(
  router: OpenapiRouter,
  { httpAuth, insights }: InsightRoutesDeps,
): void {
  router.get('/insights/organisation', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await insights.organisation.get(credentials, req.query));
  });

  router.get('/insights/organisation/breakdown', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await insights.organisation.breakdown(credentials, req.query));
  });

  router.get('/insights/organisation/adoption', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await insights.adoption.get(credentials, req.query));
  });

  router.get('/insights/organisation/waste', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await insights.waste.get(credentials, req.query));
  });

  router.get('/insights/organisation/duplicates', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await insights.duplicates.list(credentials, req.query));
  });
}
