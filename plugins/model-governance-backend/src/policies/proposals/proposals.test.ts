import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  createPortalWorld,
  databaseIds,
  startPortal,
  type Portal,
  type PortalWorld,
} from '../../__testUtils__';

jest.setTimeout(120_000);

const from = resolve(__dirname, '../../__testUtils__/policies');
const said = {
  title: 'Shorter trials',
  reason: 'Nobody tries a model out for a month.',
};

async function policyFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'proposals-'));
  await cp(from, path, { recursive: true });
  return path;
}

const suites = databaseIds.flatMap(([id]) =>
  (['portal', 'files'] as const).map(manage => [id, manage] as const),
);

describe.each(suites)(
  'proposals on %s, managed in %s',
  (databaseId, manage) => {
    let world: PortalWorld;
    let portal: Portal;
    let path: string;

    beforeAll(async () => {
      path = await policyFolder();
      world = await createPortalWorld(databaseId);
      world.policies = { path, manage };
      world.permit = (permission, user) =>
        !permission.startsWith('model.policy.') ||
        permission === 'model.policy.read' ||
        ['user:default/priya', 'user:default/ines'].includes(user ?? '');
      portal = await startPortal(world);
    });
    afterAll(async () => {
      await portal.stop();
      await rm(path, { recursive: true });
    });

    const sandbox = () => readFile(join(from, 'sandbox.yaml'), 'utf8');
    const propose = async (content: string, more: object = {}) => {
      const { body, status } = await portal
        .as('priya')
        .post('/policies/proposals', {
          ...said,
          files: [{ name: 'sandbox.yaml', content }],
          ...more,
        });
      expect({ status, error: body.error }).toEqual({ status: 201 });
      return body;
    };
    const inForce = async () => (await portal.as('dana').get('/policies')).body;
    const sandboxDays = async () => {
      const { tiers } = await inForce();
      return tiers[0].expiresAfterDays;
    };
    const activate = async (
      proposal: { id: string; revision: number },
      as = 'ines',
      more: object = {},
    ) => {
      const { body: found } = await portal
        .as(as)
        .get(`/policies/proposals/${proposal.id}`);
      const { body: checked } = await portal.as(as).post('/policies/check', {
        files: found.changes.map(
          ({ name, after }: { name: string; after?: string }) => ({
            name,
            content: after,
          }),
        ),
      });
      return portal.as(as).post(`/policies/proposals/${proposal.id}/activate`, {
        revision: proposal.revision,
        version: checked.version ?? 'none',
        reason: 'It was agreed in the round on policies.',
        stepUp: {
          challengeId: `good-${Math.random()}`,
          response: { id: 'credential' },
        },
        ...more,
      });
    };
    const ledger = async (type: string) =>
      world.knex('ledger_events').where({ type }).orderBy('seq');

    it('lets only those propose who may, and shows who may what', async () => {
      const refused = await portal
        .as('dana')
        .post('/policies/proposals', { ...said });
      expect(refused.status).toBe(403);
      expect(
        (await portal.as('dana').get('/policies/files')).body,
      ).toMatchObject({ manage, mayPropose: false, mayActivate: false });
      const { body } = await portal.as('priya').get('/policies/files');
      expect(body).toMatchObject({ mayPropose: true, conflicts: [] });
      expect(body.files.map(({ name }: { name: string }) => name)).toEqual([
        'customer-facing.yaml',
        'internal.yaml',
        'regulated.yaml',
        'sandbox.yaml',
      ]);
    });

    it('keeps a proposal with what it started from, and one answer for one key', async () => {
      const text = await sandbox();
      const changed = text.replace('30', '20');
      const key = 'propose-once';
      const body = {
        ...said,
        files: [
          { name: 'sandbox.yaml', content: changed },
          {
            name: 'internal.yaml',
            content: await readFile(join(from, 'internal.yaml'), 'utf8'),
          },
        ],
      };
      const first = await portal
        .as('priya')
        .post('/policies/proposals', body, key);
      const second = await portal
        .as('priya')
        .post('/policies/proposals', body, key);
      expect(second.body.proposal.id).toBe(first.body.proposal.id);
      expect(first.body).toMatchObject({
        proposal: { ...said, author: 'user:default/priya', state: 'open' },
        changes: [{ name: 'sandbox.yaml', before: text, after: changed }],
      });
      const { id, revision } = first.body.proposal;

      const byAnother = await portal
        .as('ines')
        .put(`/policies/proposals/${id}`, {
          ...said,
          revision,
          files: [],
        });
      expect(byAnother.status).toBe(403);
      const edited = await portal.as('priya').put(`/policies/proposals/${id}`, {
        ...said,
        revision,
        files: [{ name: 'sandbox.yaml', content: text.replace('30', '21') }],
      });
      expect(edited.body.proposal).toMatchObject({ revision: revision + 1 });
      const late = await portal.as('priya').put(`/policies/proposals/${id}`, {
        ...said,
        revision,
        files: [],
      });
      expect(late.status).toBe(409);

      const patch = await portal
        .as('priya')
        .get(`/policies/proposals/${id}/patch`);
      expect(patch.text).toContain(
        '-expiresAfterDays: 30\n+expiresAfterDays: 21',
      );

      const withdrawn = await portal
        .as('priya')
        .post(`/policies/proposals/${id}/withdraw`, {
          revision: revision + 1,
          reason: 'Not now.',
        });
      expect(withdrawn.body.proposal).toMatchObject({
        state: 'withdrawn',
        endReason: 'Not now.',
      });
      expect((await ledger('policy.proposal-withdrawn')).length).toBe(1);
      expect(
        (await portal.as('ines').get('/policies/proposals')).body.totalItems,
      ).toBeGreaterThan(0);
    });

    if (manage === 'portal') {
      it('is activated by somebody else, with a passkey, and can be undone', async () => {
        const text = await sandbox();
        const { proposal } = await propose(text.replace('30', '20'));

        expect((await activate(proposal, 'priya')).status).toBe(403);
        expect((await activate(proposal, 'dana')).status).toBe(403);
        const bare = await activate(proposal, 'ines', {
          stepUp: { challengeId: 'bad', response: {} },
        });
        expect(bare.status).toBe(403);
        const other = await activate(proposal, 'ines', { version: 'sha256:0' });
        expect(other.status).toBe(409);
        expect(await sandboxDays()).toBe(30);
        expect(await ledger('policy.proposal-activated')).toEqual([]);

        const before = (await inForce()).version;
        const done = await activate(proposal);
        expect(done.body.error).toBeUndefined();
        expect(done.body.proposal).toMatchObject({
          state: 'activated',
          endedBy: 'user:default/ines',
        });
        expect(await sandboxDays()).toBe(20);
        expect((await activate(proposal)).status).toBe(409);

        const { body: history } = await portal
          .as('dana')
          .get('/policies/activations');
        expect(history.items[0]).toMatchObject({
          how: 'portal',
          by: 'user:default/ines',
          proposalId: proposal.id,
          changed: ['sandbox.yaml'],
          version: (await inForce()).version,
        });
        expect(history.items[1]).toMatchObject({
          how: 'folder',
          version: before,
        });
        const [{ payload }] = (await ledger('policy.activated')).slice(-1);
        expect(JSON.parse(payload)).toMatchObject({
          proposal: proposal.id,
          previous: before,
          changed: ['sandbox.yaml'],
          stepUp: { action: 'policy.activate' },
        });

        const undo = await portal.as('ines').post('/policies/proposals', {
          ...said,
          revertTo: history.items[1].id,
        });
        expect(undo.body.changes).toMatchObject([
          { name: 'sandbox.yaml', after: text },
        ]);
        const undone = await activate(undo.body.proposal, 'priya');
        expect(undone.body.proposal.state).toBe('activated');
        expect(await inForce()).toMatchObject({ version: before });
      });

      it('puts nothing into force that does not load', async () => {
        const { proposal } = await propose('tier: [');
        const refused = await activate(proposal);
        expect(refused.status).toBe(400);
        expect(refused.body.error.message).toMatch(/sandbox\.yaml.*not YAML/);
        expect(await sandboxDays()).toBe(30);
      });

      it('is outdated when something else comes into force, and put over that', async () => {
        const text = await sandbox();
        const { proposal } = await propose(text.replace('30', '19'));
        const { proposal: faster } = await propose(
          text.replace('Seconds: 900', 'Seconds: 800'),
        );
        expect((await activate(faster)).status).toBe(200);

        const { body } = await portal
          .as('priya')
          .get(`/policies/proposals/${proposal.id}`);
        expect(body.proposal.state).toBe('outdated');
        expect((await activate(proposal)).status).toBe(409);
        const rebased = await portal
          .as('priya')
          .post(`/policies/proposals/${proposal.id}/rebase`, {
            revision: proposal.revision,
          });
        expect(rebased.body).toMatchObject({
          conflicts: [],
          proposal: { proposal: { state: 'open' } },
        });
        const [change] = rebased.body.proposal.changes;
        expect(change.after).toContain('expiresAfterDays: 19');
        expect(change.after).toContain('snapshotMaxAgeSeconds: 800');
        expect((await activate(rebased.body.proposal.proposal)).status).toBe(
          200,
        );
        expect(await sandboxDays()).toBe(19);
      });

      it('never loses what the folder says afterwards', async () => {
        const mine = (await portal.as('priya').get('/policies/files')).body;
        expect(mine.conflicts).toEqual([]);
        const theirs = (await sandbox()).replace('30', '7');
        await writeFile(join(path, 'sandbox.yaml'), theirs);

        const { body } = await portal.as('ines').get('/policies/files');
        expect(body.conflicts).toMatchObject([
          { file: 'sandbox.yaml', folderText: theirs },
        ]);
        expect(await sandboxDays()).toBe(19);
        const [{ folderHash }] = body.conflicts;
        const keep = (hash: string, as = 'ines') =>
          portal.as(as).post('/policies/conflicts/keep', {
            file: 'sandbox.yaml',
            folderHash: hash,
            reason: 'The folder is behind the portal.',
          });
        expect((await keep(folderHash, 'dana')).status).toBe(403);
        expect((await keep('sha256:0')).status).toBe(409);
        expect((await keep(folderHash)).body.conflicts).toEqual([]);
        expect(await sandboxDays()).toBe(19);

        const replica = await startPortal(world);
        const there = await replica.as('dana').get('/policies');
        expect(there.body.version).toBe((await inForce()).version);
        await replica.stop();
      });
    } else {
      it('is activated by itself once the folder holds it', async () => {
        const text = await sandbox();
        const { proposal } = await propose(text.replace('30', '20'));
        const refused = await activate(proposal);
        expect(refused.status).toBe(403);
        expect(refused.body.error.message).toMatch(/git apply/);
        await portal.job('policy-proposals');
        const state = async () =>
          (await portal.as('dana').get(`/policies/proposals/${proposal.id}`))
            .body.proposal;
        expect(await state()).toMatchObject({ state: 'open' });

        await writeFile(join(path, 'sandbox.yaml'), text.replace('30', '20'));
        await portal.job('policy-proposals');
        const after = await state();
        expect(after).toMatchObject({ state: 'activated' });
        expect(after.endedBy).toBeUndefined();
        expect(await sandboxDays()).toBe(20);
        expect(await ledger('policy.proposal-activated')).toHaveLength(1);
        await portal.settle();
        expect(world.sent).toContainEqual(
          expect.objectContaining({
            title: `Your policy change is in force: ${said.title}`,
            recipients: ['user:default/priya'],
          }),
        );
      });
    }
  },
);
