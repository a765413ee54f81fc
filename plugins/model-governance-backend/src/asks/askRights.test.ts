import { mockCredentials } from '@backstage/backend-test-utils';
import { modelAskReadPermission } from '@modelhub/backstage-plugin-models-common';
import request from 'supertest';
import { databaseIds } from '../__testUtils__';
import { AskWorld, usual } from './__testUtils__';
import {
  createModelAskConditionalDecision,
  modelAskConditions as is,
} from './askRules';

type Criteria = Parameters<typeof createModelAskConditionalDecision>[1];

jest.setTimeout(120_000);

describe.each(databaseIds)(
  'questions to a person, by who may do what, on %s',
  databaseId => {
    let asks: AskWorld;

    beforeEach(async () => {
      asks = await AskWorld.create(databaseId);
    });
    afterEach(() => asks.stop());

    it('are nobody else’s to see or to decide', async () => {
      const { id } = await asks.open();
      for (const stranger of ['kai', 'ines']) {
        expect(await asks.seen(stranger)).toEqual({ items: [], totalItems: 0 });
        const refused = await asks.decide(stranger, id, 'allow-once');
        expect(refused.status).toBe(404);
      }
      expect((await asks.seen('nora')).totalItems).toBe(1);
      const service = await asks.portal
        .as('service')
        .post(`/asks/${id}/decide`, { decision: 'allow-once' });
      expect(service.status).toBe(403);
      const agent = mockCredentials.user('user:default/lee', {
        actor: { subject: 'plugin:mcp' },
      });
      await expect(
        asks.portal.rooms.asks.decide(agent, id, { decision: 'allow-once' }),
      ).rejects.toThrow(/Only a person/);
      const nobody = await request(asks.portal.server)
        .post(`/api/model-governance/asks/${id}/decide`)
        .set('authorization', mockCredentials.none.header())
        .send({ decision: 'allow-once' });
      expect(nobody.status).toBe(401);
      expect((await asks.decide('nora', id, 'allow-once')).status).toBe(200);
    });

    it('are not decided by the one whose key it is', async () => {
      const { id } = await asks.open();
      const mine = (await asks.seen('dana')).items[0];
      expect(mine).toMatchObject({
        mayDecide: false,
        whyNot: expect.stringMatching(/yours/),
      });
      expect((await asks.decide('dana', id, 'allow-once')).status).toBe(403);
      expect(await asks.types()).toEqual(['ask.opened']);
    });

    it('need the permission, as far as it goes', async () => {
      const { id } = await asks.open();
      asks.world.permit = (permission, user) =>
        permission === 'model.ask.decide' ? false : usual(permission, user);
      const denied = await asks.decide('lee', id, 'allow-once');
      expect([denied.status, denied.body.error.message]).toEqual([
        403,
        expect.stringMatching(/model.ask.decide/),
      ]);
      const cases: Array<[Criteria, number]> = [
        [is.hasProfile({ profiles: ['care'] }), 1],
        [is.hasProfile({ profiles: ['other'] }), 0],
        [{ not: is.hasModel({ models: ['meta/llama'] }) }, 0],
        [
          {
            anyOf: [
              is.isKeyOwner({ claims: ['user:default/dana'] }),
              is.hasModel({ models: ['x'] }),
            ],
          },
          1,
        ],
      ];
      for (const [criteria, count] of cases) {
        asks.world.permit = (permission, user) =>
          permission === 'model.ask.read'
            ? createModelAskConditionalDecision(
                modelAskReadPermission,
                criteria,
              )
            : usual(permission, user);
        expect((await asks.seen('lee')).totalItems).toBe(count);
        const { status } = await asks.decide('lee', id, 'allow-trace', {
          reason: 'x',
        });
        // 400: the reason is too short; 404: it is not seen.
        expect(status).toBe(400);
        const visible = await asks.decide('lee', id, 'deny');
        expect(visible.status).toBe(count === 1 ? 400 : 404);
      }
    });
  },
);
