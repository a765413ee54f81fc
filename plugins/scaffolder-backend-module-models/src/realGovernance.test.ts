import { TestDatabases } from '@backstage/backend-test-utils';
import { startRealPortal } from './__testUtils__/realPortal';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'model:approval:require and the governance backend on %s',
  databaseId => {
    let portal: Awaited<ReturnType<typeof startRealPortal>>;

    beforeEach(async () => {
      portal = await startRealPortal(databases, databaseId);
    });
    afterEach(() => portal.stop());

    /** Ann asks for what its provider runs; at sandbox the gates decide. */
    async function approved(): Promise<string> {
      const { body } = await portal.send('ann', '/model-governance/approvals', {
        entityRef: portal.modelRef,
        modelVersion: '2.0',
        tier: 'sandbox',
        purpose: 'support',
        profile: 'ml',
        justification: 'Greetings are written faster.',
        submit: true,
      });
      expect(body.error).toBeUndefined();
      const path = `/model-governance/approvals/${body.id}`;
      const deadline = Date.now() + 30_000;
      for (;;) {
        const { body: now } = await portal.send('ann', path);
        if (now.state === 'approved') return now.id;
        if (now.state !== 'checking' || Date.now() > deadline) {
          throw new Error(`Not approved: ${JSON.stringify(now.blockers)}`);
        }
        await new Promise(resolve => setImmediate(resolve));
      }
    }

    it('lets through who may use the model, and tells nobody else', async () => {
      const before = await portal.runTemplate('ann', { profile: 'ml' });
      expect(JSON.stringify(before.body)).toMatch(
        /not approved.*Request it at http:\/\/localhost:7007/,
      );

      const id = await approved();
      for (const input of [{}, { profile: 'ml' }, { purpose: 'support' }]) {
        const { status, body } = await portal.runTemplate('ann', input);
        expect([status, body.output?.text]).toEqual([200, [{ content: id }]]);
      }

      const outsider = await portal.runTemplate('ben', { profile: 'ml' });
      expect(outsider.status).not.toBe(200);
      expect(JSON.stringify(outsider.body)).toMatch(
        /not a member of access profile 'ml'/,
      );
      const own = await portal.runTemplate('ben', {});
      expect(JSON.stringify(own.body)).toMatch(
        /is not approved for profile 'web'/,
      );
      // She is a member of the profile, and may not see the model.
      const blind = await portal.runTemplate('cara', { profile: 'ml' });
      expect(JSON.stringify(blind.body)).toMatch(/or you may not read it/);
      for (const { body } of [outsider, own, blind]) {
        expect(JSON.stringify(body)).not.toContain(id);
      }
    });

    it('gives whoever asks the backend itself the same answer', async () => {
      const id = await approved();
      const check = async (name: string, more: object) => {
        const { body } = await portal.send(
          name,
          '/model-governance/access/check',
          { tier: 'sandbox', ...more },
        );
        return body;
      };
      const { modelRef } = portal;
      expect(await check('ann', { entityRef: modelRef })).toMatchObject({
        allowed: true,
        approvalId: id,
      });
      expect(await check('cara', { entityRef: modelRef })).toMatchObject({
        allowed: false,
        code: 'unknown-model',
      });
      const byId = await check('cara', { gatewayId: 'acme/tiny' });
      expect(byId).toMatchObject({ allowed: false, code: 'unknown-model' });
      expect(byId.entityRef).toBeUndefined();
      expect(
        await check('ben', { entityRef: modelRef, profile: 'ml' }),
      ).toMatchObject({ allowed: false, code: 'not-a-member' });
    });
  },
);
