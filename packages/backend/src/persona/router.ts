import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import express from 'express';
import Router from 'express-promise-router';
import { listPeople } from './people';

/** `GET /persona/people`: everybody whom one can sign in as. */
export function createPersonaRouter(options: {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntities'>;
}): express.Router {
  const { auth, catalog } = options;
  const router = Router();

  router.get('/persona/people', async (_req, res) => {
    const { items } = await catalog.getEntities(
      { filter: { kind: ['User', 'Group'] } },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    res.json({ items: listPeople(items) });
  });

  return router;
}
