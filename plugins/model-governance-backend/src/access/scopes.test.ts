import { databaseIds } from '../__testUtils__/databases';
import { createWorld, startRooms } from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const purpose = {
  id: 'summaries',
  title: 'Summaries',
  dataClasses: ['internal'],
  regions: ['eu', 'us'],
  maxRetentionDays: 30,
};

const profile = {
  id: 'checkout',
  title: 'Checkout',
  members: ['group:default/checkout'],
  enforcement: 'enforce',
};

describe.each(databaseIds)('changes of purposes and profiles on %s', id => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let rooms: Awaited<ReturnType<typeof startRooms>>;

  beforeEach(async () => {
    world = await createWorld(id);
    rooms = await startRooms(world, {
      purposes: [purpose],
      profiles: [profile],
    });
    await rooms.declare();
  });
  afterEach(async () => {
    await rooms.publisher.stop();
    await rooms.stop();
  });

  const put = async (
    path: string,
    body: object,
    as = 'admin',
    key?: string,
  ) => {
    const answer = await rooms.call('PUT', path, {
      as,
      body,
      headers: key ? { 'idempotency-key': key } : undefined,
    });
    return { status: answer.status, body: answer.body };
  };
  const events = async (type: string) =>
    (await world.knex('ledger_events').where({ type }).orderBy('seq')).map(
      ({ payload, subject }) => ({ subject, ...JSON.parse(payload) }),
    );
  const now = () => world.clock.now().toISOString();
  const told = async () => (await rooms.publisher.current()).content;

  describe('PUT /purposes/{id}', () => {
    const change = (more: object, as?: string, key?: string) =>
      put('/purposes/summaries', { ...purpose, ...more }, as, key);

    it('tells gateways and the ledger what is less from now on', async () => {
      world.bound = [now()];
      expect((await told()).purposes).toEqual([
        { id: 'summaries', regions: ['eu', 'us'], maxRetentionDays: 30 },
      ]);
      const less = {
        title: 'Short texts',
        regions: ['eu'],
        maxRetentionDays: 0,
      };
      expect(await change(less)).toEqual({
        status: 200,
        body: { ...purpose, ...less },
      });
      expect((await told()).purposes).toEqual([
        { id: 'summaries', regions: ['eu'], maxRetentionDays: 0 },
      ]);
      expect(await events('purpose.updated')).toEqual([
        {
          subject: 'purpose:summaries',
          title: 'Short texts',
          dataClasses: ['internal'],
          regions: ['eu'],
          maxRetentionDays: 0,
          changed: ['maxRetentionDays', 'regions', 'title'],
          before: {
            dataClasses: ['internal'],
            regions: ['eu', 'us'],
            maxRetentionDays: 30,
          },
        },
      ]);
    });

    it.each<[object, RegExp]>([
      [{ dataClasses: ['internal', 'personal'] }, /data of class personal/],
      [{ regions: [] }, /any region/],
      [{ maxRetentionDays: 31 }, /31 days/],
      [{ uses: ['hosting'] }, /the use hosting/],
    ])('stretches no decision: %j', async (more, message) => {
      world.bound = [now(), now()];
      const refused = await change(more);
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toMatch(message);
      expect(refused.body.error.message).toMatch(
        /2 requests and approvals were made for less/,
      );
      expect(await events('purpose.updated')).toEqual([]);
      expect((await told()).purposes).toMatchObject([{ maxRetentionDays: 30 }]);

      world.bound = [];
      expect(await change(more)).toMatchObject({ status: 200, body: more });
    });

    it('can be undone, as far as each request was made for it', async () => {
      const narrow = { regions: ['eu'], maxRetentionDays: 7 };
      const early = now();
      world.clock.advance(60);
      expect((await change(narrow)).status).toBe(200);
      world.clock.advance(60);
      world.bound = [early];
      expect((await change({ regions: [] })).status).toBe(409);
      expect((await change({})).status).toBe(200);
      expect((await change(narrow)).status).toBe(200);
      world.clock.advance(60);
      world.bound = [early, now()];
      const refused = await change({});
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toMatch(
        /processing in us and keeping for 30 days, and 1 request or approval was made for less/,
      );
      expect(await events('purpose.updated')).toHaveLength(3);
    });

    it('asks for permission, an id that is there, and what fits', async () => {
      expect(await change({ title: 'x' }, 'ann')).toMatchObject({
        status: 403,
      });
      expect(await change({ id: 'other' })).toMatchObject({ status: 400 });
      expect(
        await put('/purposes/other', { ...purpose, id: 'other' }),
      ).toMatchObject({ status: 404 });
      for (const more of [
        { dataClasses: ['secret'] },
        { maxRetentionDays: -1 },
        { regions: [''] },
        { more: 1 },
      ]) {
        expect(await change(more)).toMatchObject({ status: 400 });
      }
      expect(await events('purpose.updated')).toEqual([]);
    });

    it('changes once for a key, and says nothing when nothing changed', async () => {
      const first = await change({ title: 'A' }, 'admin', 'change-it-1');
      await change({ title: 'B' });
      expect(await change({ title: 'A' }, 'admin', 'change-it-1')).toEqual(
        first,
      );
      expect(
        (await rooms.call('GET', '/purposes', { as: 'ann' })).body.items,
      ).toMatchObject([{ title: 'B' }]);
      await change({ title: 'B' });
      expect(await events('purpose.updated')).toHaveLength(2);
    });
  });

  describe('settings of PUT /access-profiles/{id}', () => {
    const change = (more: object, as?: string) =>
      put('/access-profiles/checkout', { ...profile, ...more }, as);
    const defaults = { sanitation: { requests: { secrets: 'redact' } } };

    it('are safe at first, stay when left out, and reach the gateways', async () => {
      expect((await told()).profiles).toEqual([
        {
          id: 'checkout',
          title: 'Checkout',
          enforcement: 'enforce',
          ...defaults,
        },
      ]);
      const settings = {
        limits: {
          requestsPerMinute: 60,
          tokensPerMinute: 100_000,
          maxConcurrent: 4,
          maxPromptTokens: 8000,
          maxPromptBytes: 65_536,
        },
        batches: true,
        cacheSeconds: 300,
        sanitation: {
          requests: { secrets: 'refuse', 'personal-data': 'redact' },
          responses: { secrets: 'report' },
        },
        contentRetentionDays: 30,
        agents: {
          maxCallsPerTrace: 50,
          riskBudgetPerTrace: 10,
          maxRepeats: 3,
          tools: [
            { match: 'shell', action: 'ask', risk: 5 },
            { match: 'shell*', action: 'deny' },
          ],
          otherTools: 'allow',
          askSeconds: 60,
        },
      };
      expect(await change({ settings })).toMatchObject({
        status: 200,
        body: { settings },
      });
      expect((await told()).profiles).toEqual([
        {
          id: 'checkout',
          title: 'Checkout',
          enforcement: 'enforce',
          ...settings,
        },
      ]);
      expect(
        (await rooms.publisher.snapshot({ knowsEndpoints: true })).payload,
      ).toMatchObject({
        kind: 'full',
      });
      // As a form does that does not know of settings.
      expect(await change({ title: 'Till' })).toMatchObject({
        body: { settings },
      });
      expect(await change({ title: 'Till', settings: {} })).toMatchObject({
        body: { settings: defaults },
      });
      expect(
        await change({ title: 'Till', settings: { sanitation: {} } }),
      ).toMatchObject({ body: { settings: { sanitation: {} } } });

      const [first, second] = await events('profile.updated');
      expect(first.changed).toEqual([
        'settings.agents.askSeconds',
        'settings.agents.maxCallsPerTrace',
        'settings.agents.maxRepeats',
        'settings.agents.otherTools',
        'settings.agents.riskBudgetPerTrace',
        'settings.agents.tools',
        'settings.batches',
        'settings.cacheSeconds',
        'settings.contentRetentionDays',
        'settings.limits.maxConcurrent',
        'settings.limits.maxPromptBytes',
        'settings.limits.maxPromptTokens',
        'settings.limits.requestsPerMinute',
        'settings.limits.tokensPerMinute',
        'settings.sanitation.requests.personal-data',
        'settings.sanitation.requests.secrets',
        'settings.sanitation.responses.secrets',
      ]);
      expect(first).toMatchObject({
        settings,
        before: { enforcement: 'enforce', settings: defaults },
      });
      expect(second.changed).toEqual(['title']);
    });

    it.each<[object, RegExp]>([
      [{ cacheSeconds: 0 }, /cacheSeconds.*>= 1/],
      [{ limits: { requestsPerMinute: 1.5 } }, /requestsPerMinute.*integer/],
      [{ limits: { perHour: 1 } }, /additional/],
      [{ sanitation: { requests: { secrets: 'hide' } } }, /secrets.*allowed/],
      [{ agents: { tools: [{ match: 'a*b', action: 'ask' }] } }, /match/],
      [
        {
          agents: {
            tools: [
              { match: 'sh*', action: 'deny' },
              { match: 'shell', action: 'allow' },
            ],
          },
        },
        /tools\[1\] \('shell'\) never counts, because rule 0 \('sh\*'\)/,
      ],
      [{ agents: { askSeconds: 10 } }, /askSeconds has no effect/],
      [
        { contentRetentionDays: 1, sanitation: {} },
        /secrets must not be in it.*or leave contentRetentionDays out/,
      ],
    ])('are refused when wrong: %j', async (settings, message) => {
      const refused = await change({ settings });
      expect(refused.status).toBe(400);
      expect(refused.body.error.message).toMatch(message);
      expect(await events('profile.updated')).toEqual([]);
      expect((await told()).profiles).toMatchObject([defaults]);
    });

    it('need permission', async () => {
      expect(await change({ settings: {} }, 'ann')).toMatchObject({
        status: 403,
      });
    });
  });
});
