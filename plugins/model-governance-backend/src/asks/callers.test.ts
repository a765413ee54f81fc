import { randomUUID } from 'node:crypto';
import { databaseIds } from '../__testUtils__';
import { AskWorld, tool } from './__testUtils__';

jest.setTimeout(120_000);

describe.each(databaseIds)(
  'questions of callers with tokens on %s',
  databaseId => {
    let asks: AskWorld;

    beforeEach(async () => {
      asks = await AskWorld.create(databaseId);
    });
    afterEach(() => asks.stop());

    const ask = async (fields: object = {}, caller: object = {}) => {
      const id = randomUUID();
      const { status, body } = await asks.gateway.send('post', '/asks', {
        id,
        keyId: `oidc:${'a'.repeat(40)}`,
        caller: {
          entityRef: 'user:default/Dana',
          issuer: 'https://id.example/realms/acme',
          profile: 'care',
          ...caller,
        },
        trace: 'trace-1',
        model: 'meta/llama',
        tools: [tool('pay')],
        seconds: 120,
        ...fields,
      });
      return { id, status, body };
    };

    const decide = (as: string, id: string, decision = 'allow-trace') =>
      asks.portal.as(as).post(`/asks/${id}/decide`, { decision });

    it('name the person, who may not decide about them, and others do', async () => {
      const { id, status } = await ask();
      expect(status).toBe(200);
      const seen = async (as: string) =>
        (await asks.portal.as(as).get('/asks')).body.items[0];
      expect(await seen('lee')).toMatchObject({
        id,
        keyName: 'Token of id.example',
        keyOwner: 'user:default/dana',
        issuer: 'https://id.example/realms/acme',
        profile: 'care',
        mayDecide: true,
      });
      expect(await seen('dana')).toMatchObject({
        mayDecide: false,
        whyNot: expect.stringContaining('This call is yours'),
      });
      expect((await decide('dana', id)).status).toBe(403);
      expect((await decide('lee', id)).body).toMatchObject({
        state: 'allowed',
      });
      // What was decided holds for this person, and for nobody else.
      expect((await ask()).body).toMatchObject({ state: 'allowed' });
      expect(
        (
          await ask(
            { keyId: `oidc:${'b'.repeat(40)}` },
            { entityRef: 'user:default/lee' },
          )
        ).body,
      ).toEqual({ state: 'waiting' });
      await asks.portal.settle();
      expect(asks.world.sent).toContainEqual(
        expect.objectContaining({
          recipients: ['group:default/customer-care'],
          title: expect.stringContaining('may it offer pay?'),
          description: expect.stringContaining('Token of id.example'),
        }),
      );
    });

    it.each([
      [
        'nobody of the catalog',
        {},
        { entityRef: 'user:default/ghost' },
        /no user:default\/ghost/,
      ],
      [
        'something that is no entity',
        {},
        { entityRef: 'dana@example' },
        /no entity ref/,
      ],
      [
        'a profile that is not there',
        {},
        { profile: 'gone' },
        /no access profile gone/,
      ],
      ['a key of the portal', { keyId: 'key-1' }, {}, /Leave caller out/],
    ])('are refused for %s', async (_, fields, caller, words) => {
      const { status, body } = await ask(fields, caller);
      expect(status).toBe(400);
      expect(body.error.message).toMatch(words);
    });

    it('need to say who calls', async () => {
      const { status, body } = await ask({ caller: undefined });
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/no key oidc:/);
    });
  },
);
