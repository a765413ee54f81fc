import type {
  Checklist,
  ChecklistItem,
} from '@modelhub/backstage-plugin-models-common';
import {
  createPortalWorld,
  databaseIds,
  model,
  wanted,
  startPortal,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

describe.each(databaseIds)('the checklist on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeAll(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
  });

  beforeEach(() => {
    world.verdict = 'pass';
  });

  afterAll(() => portal.stop());

  const read = async (
    query: Record<string, string>,
    as = 'dana',
  ): Promise<Checklist & { status: number }> => {
    const { body, status } = await portal
      .as(as)
      .get(`/models/meta/llama/checklist?${new URLSearchParams(query)}`);
    return { ...body, status };
  };
  const item = ({ items }: Checklist, id: string): ChecklistItem => {
    const found = items.find(one => one.id === id);
    if (!found) throw new Error(`${id} is not one of ${items.map(i => i.id)}`);
    return found;
  };
  const scope = { version: '1.0', purpose: 'support', profile: 'care' };

  it('says before a request what is there, what runs and who owes what', async () => {
    const list = await read({ ...scope, tier: 'customer-facing' });
    expect(list).toMatchObject({
      entityRef: 'model:meta/llama',
      modelVersion: '1.0',
      ready: false,
      counts: { failing: 0 },
    });
    expect(list.approval).toBeUndefined();
    expect(item(list, 'request:version-not-pinned')).toMatchObject({
      state: 'done',
      summary: expect.stringContaining('sha256:aaaa'),
    });
    expect(item(list, 'gate:probe')).toMatchObject({ state: 'itself' });
    expect(item(list, 'sign-off:lead').owes).toMatchObject({
      party: 'signer',
      people: ['user:default/priya'],
    });
    expect(item(list, 'sign-off:security')).toMatchObject({
      secondFactor: true,
      owes: { people: ['user:default/ines', 'user:default/tom'] },
    });
    expect(item(list, 'passkey:security')).toMatchObject({ state: 'owed' });
    await world.knex('passkeys').insert({
      id: 'k',
      credential_id: 'c',
      credential_hash: 'h',
      user_ref: 'user:default/tom',
      name: 'Key',
      public_key: '',
      counter: 0,
      transports: '[]',
      backed_up: false,
      created_at: 1,
    });
    const after = await read({ ...scope, tier: 'customer-facing' });
    expect(item(after, 'passkey:security')).toMatchObject({
      state: 'done',
      doneBy: ['user:default/tom'],
    });
    expect(after.ready).toBe(true);
    // Nothing was asked for by looking.
    expect(await world.knex('gate_runs')).toEqual([]);
    expect(await world.knex('approvals')).toEqual([]);
  });

  it('says what would be refused', async () => {
    const loose = await read({ ...scope, version: 'loose', tier: 'internal' });
    expect(item(loose, 'request:version-not-pinned')).toMatchObject({
      state: 'failing',
      owes: { party: 'owner', groups: ['group:default/ml-platform'] },
    });
    expect(loose.ready).toBe(false);
    const undecided = await read({ tier: 'internal' });
    expect(item(undecided, 'request:scope-missing')).toMatchObject({
      state: 'owed',
      owes: { party: 'requester', you: true },
    });
    world.catalog.set(
      'model:meta/llama',
      model('llama', { lifecycle: 'deprecated' }),
    );
    const deprecated = await read({ ...scope, tier: 'internal' });
    expect(item(deprecated, 'request:model-deprecated:0').state).toBe(
      'failing',
    );
    world.catalog.set('model:meta/llama', model('llama'));
  });

  it('follows a request to its approval, and then tells the next tier', async () => {
    world.verdict = 'fail';
    const { body } = await portal.as('dana').post('/approvals', wanted);
    const approval = body.id as string;
    await portal.settle();
    const failed = await read({ tier: 'internal', approval });
    expect(failed.approval).toMatchObject({
      id: approval,
      state: 'changes-requested',
    });
    expect(item(failed, 'gate:probe')).toMatchObject({
      state: 'failing',
      source: 'request',
      summary: 'The probe says fail.',
      owes: { party: 'owner' },
    });
    // Another one who asks the same knows it before asking.
    const known = await read({ ...scope, tier: 'internal' }, 'lee');
    expect(item(known, 'gate:probe')).toMatchObject({
      state: 'failing',
      source: 'known',
      at: world.clock.now().toISOString(),
    });
    world.verdict = 'pass';
    await portal.as('dana').command(approval, 'submit');
    await portal.settle();
    await portal.as('priya').command(approval, 'approve', { role: 'lead' });
    const done = await read({ version: '1.0', tier: 'internal' }, 'nora');
    expect(done).toMatchObject({
      approval: { id: approval, state: 'approved' },
      purpose: 'support',
      profile: 'care',
      ready: true,
      counts: { total: 2, done: 2 },
    });
    expect(item(done, 'sign-off:lead')).toMatchObject({
      state: 'done',
      doneBy: ['user:default/priya'],
    });
    const next = await read(
      { version: '1.0', tier: 'customer-facing' },
      'nora',
    );
    expect(next).toMatchObject({ purpose: 'support', profile: 'care' });
    expect(next.approval).toBeUndefined();
    expect(item(next, 'gate:probe')).toMatchObject({ state: 'done' });
    expect(item(next, 'sign-off:legal')).toMatchObject({ state: 'owed' });
  });

  it('is for those who may read the approval and see the model', async () => {
    const [{ id }] = await world.knex('approvals').select('id');
    world.permit = permission => permission !== 'model.approval.read';
    expect((await read({ tier: 'internal', approval: id })).status).toBe(404);
    // Without the right to read it, the version has proved nothing to the caller.
    expect(
      (await read({ version: '1.0', tier: 'internal' })).approval,
    ).toBeUndefined();
    world.permit = () => true;
    const other = await portal
      .as('dana')
      .get(`/models/meta/gpt/checklist?tier=internal&approval=${id}`);
    expect(other.status).toBe(404);
    const unknown = await portal
      .as('dana')
      .get('/models/meta/gpt/checklist?tier=internal');
    expect(unknown.status).toBe(404);
    expect((await read({ tier: 'nowhere' })).status).toBe(400);
    expect(
      (await read({ ...scope, tier: 'internal', purpose: 'nothing' })).status,
    ).toBe(400);
  });
});
