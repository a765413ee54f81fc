import { readdirSync } from 'node:fs';
import type { Knex } from 'knex';
import { databaseIds, databases } from '../__testUtils__';
import { migrationsDirectory } from '../database';

jest.setTimeout(60_000);

const NAME = '20261121_01_model_holds.js';

const approval = (id: string, more: Record<string, string> = {}) => ({
  id,
  kind: 'standard',
  state: 'suspended',
  revision: 1,
  round: 1,
  entity_ref: 'model:meta/llama',
  gateway_id: 'meta/llama',
  provider: 'meta',
  model_version: '1.0',
  owner_ref: 'group:default/ml-platform',
  owner_people: '[]',
  tier: 'internal',
  purpose: 'support',
  profile: 'care',
  justification: 'Because.',
  requester: 'user:default/dana',
  evidence_ids: '[]',
  blockers: '[]',
  waiting_for: '',
  created_at: '2026-11-02T09:00:00.000Z',
  updated_at: '2026-11-02T09:00:00.000Z',
  ...more,
});

const hold = (id: string, approvalId: string, covers: string, more = {}) => ({
  id,
  approval_id: approvalId,
  kind: 'manual',
  covers,
  reason: `${covers} is off`,
  placed_by: 'user:default/ines',
  placed_at: '2026-11-03T09:00:00.000Z',
  ...more,
});

describe.each(databaseIds)('holds of models on %s', databaseId => {
  let knex: Knex;
  const options = { directory: migrationsDirectory };

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    const before = readdirSync(migrationsDirectory)
      .filter(file => file.endsWith('.js') && file < NAME)
      .sort();
    for (const _ of before) await knex.migrate.up(options);
  });

  it('are made of what hung on approvals, and hang on them again on the way back', async () => {
    await knex('approvals').insert([
      approval('a'),
      approval('b', { model_version: '2.0' }),
      approval('c', { state: 'revoked' }),
    ]);
    await knex('approval_holds').insert([
      hold('own', 'a', 'scope'),
      hold('all-a', 'a', 'model'),
      hold('all-b', 'b', 'model'),
      hold('version', 'b', 'version'),
      // Its approval ended, and nobody cleared it.
      hold('left', 'c', 'model', { reason: 'Left behind' }),
      hold('past', 'a', 'model', {
        cleared_at: '2026-11-04T09:00:00.000Z',
        cleared_by: 'user:default/ines',
      }),
    ]);
    await knex.migrate.up({ ...options, name: NAME });
    expect(
      await knex('approval_model_holds')
        .orderBy('id')
        .select('id', 'entity_ref', 'model_version', 'reason'),
    ).toEqual([
      {
        id: 'all-a',
        entity_ref: 'model:meta/llama',
        model_version: null,
        reason: 'model is off',
      },
      {
        id: 'left',
        entity_ref: 'model:meta/llama',
        model_version: null,
        reason: 'Left behind',
      },
      {
        id: 'version',
        entity_ref: 'model:meta/llama',
        model_version: '2.0',
        reason: 'version is off',
      },
    ]);
    const own = await knex('approval_holds').orderBy('id');
    expect(own.map(({ id }) => id)).toEqual(['own', 'past']);
    expect(own[0]).not.toHaveProperty('covers');

    await knex.migrate.down({ ...options, name: NAME });
    const back = await knex('approval_holds').select('approval_id', 'covers');
    expect(
      back.map(({ approval_id, covers }) => `${approval_id} ${covers}`).sort(),
    ).toEqual([
      'a model',
      'a model',
      'a scope',
      'a scope',
      'b model',
      'b model',
      'b version',
    ]);
  });
});
