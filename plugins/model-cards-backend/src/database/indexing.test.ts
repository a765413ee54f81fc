import { TestDatabases } from '@backstage/backend-test-utils';
import type { StandingSummary } from '@modelhub/backstage-plugin-models-common';
import { modelEntity } from '../__testUtils__/models';
import { ALL, useIndex } from '../__testUtils__/useIndex';
import { projectModel } from '../projection/projectModel';
import { EVERYTHING } from './ModelStore';
import { migrationsDir } from './tables';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const standing = (
  name: string,
  values: Partial<StandingSummary> = {},
): StandingSummary => ({
  entityRef: `model:acme/${name}`,
  tiers: [],
  maturity: 'experimental',
  official: false,
  openRequests: 0,
  holds: 0,
  grants: [],
  ...values,
});

describe.each(databases.eachSupportedId())(
  'keeping the index on %s',
  databaseId => {
    const { index, names } = useIndex(databases, databaseId);

    it('migrates down to nothing', async () => {
      await index.knex.migrate.rollback({ directory: migrationsDir }, true);
      await expect(index.knex.schema.hasTable('models')).resolves.toBe(false);
      await expect(index.knex.schema.hasTable('model_text')).resolves.toBe(
        false,
      );
    });

    it('joins what governance says, and believes nobody else on official', async () => {
      await expect(
        index.reader.get('model:acme/beta', EVERYTHING),
      ).resolves.toMatchObject({
        row: { curation: undefined, official: false, maturity: undefined },
      });

      await index.writer.setStandings([
        standing('beta', { tiers: ['sandbox', 'internal'], official: true }),
        standing('nobody', { tiers: ['internal'] }),
      ]);
      await expect(
        index.reader.get('model:acme/beta', EVERYTHING),
      ).resolves.toMatchObject({
        row: {
          curation: 'official',
          tiers: ['sandbox', 'internal'],
          maturity: 'experimental',
        },
      });
      await expect(names({ facets: { tier: ['internal'] } })).resolves.toEqual([
        'beta',
      ]);

      await index.writer.upsert([
        projectModel(modelEntity('beta', {}, { etag: 'etag-beta-2' })),
      ]);
      await expect(
        names({ facets: { tier: ['internal'], maturity: ['experimental'] } }),
      ).resolves.toEqual(['beta']);

      await index.writer.setStandings([standing('beta')]);
      await expect(names({ facets: { tier: ['internal'] } })).resolves.toEqual(
        [],
      );
    });

    it('replaces all that it knew of a model', async () => {
      await index.writer.upsert([
        projectModel(
          modelEntity('alpha', { tasks: ['translation'] }, { etag: 'etag-2' }),
        ),
      ]);
      await expect(names({ q: 'documents' })).resolves.toEqual([]);
      await expect(
        names({ facets: { task: ['summarization'] } }),
      ).resolves.toEqual([]);
      await expect(names({}, { key: 'metadata.labels.team' })).resolves.toEqual(
        [],
      );
      await expect(
        names({ q: 'translation', facets: { task: ['translation'] } }),
      ).resolves.toEqual(['alpha']);
      expect((await index.writer.getEtags()).get('model:acme/alpha')).toBe(
        'etag-2',
      );
    });

    it('forgets a model that went', async () => {
      await index.writer.remove(['model:acme/alpha', 'model:acme/nobody']);
      await expect(names()).resolves.toEqual(['beta', 'gamma']);
      await expect(names({ q: 'alpha' })).resolves.toEqual([]);
      const facets = await index.reader.facets(ALL, EVERYTHING);
      expect(facets.tag).toEqual([]);
    });

    it('keeps the last change of each model, in order', async () => {
      const first = await index.reader.listChanges(0, 500);
      expect(first.items.map(({ entityRef }) => entityRef)).toEqual([
        'model:acme/alpha',
        'model:acme/beta',
        'model:acme/gamma',
      ]);
      await index.writer.setStandings([standing('alpha', { openRequests: 1 })]);
      await index.writer.setStandings([standing('alpha', { openRequests: 1 })]);
      await index.writer.remove(['model:acme/gamma']);
      const second = await index.reader.listChanges(first.next, 500);
      expect(second.items).toMatchObject([
        { entityRef: 'model:acme/alpha', type: 'upserted' },
        { entityRef: 'model:acme/gamma', type: 'deleted' },
      ]);
      await expect(index.reader.listChanges(second.next, 500)).resolves.toEqual(
        {
          items: [],
          next: second.next,
        },
      );
      await expect(index.reader.listChanges(0, 1)).resolves.toMatchObject({
        items: [{ entityRef: 'model:acme/beta' }],
      });
    });

    it('flags models that dispute a gateway id, until they no longer do', async () => {
      const forged = { gatewayId: 'ACME/alpha' };
      await index.writer.upsert([projectModel(modelEntity('thief', forged))]);
      await expect(index.writer.resolveConflicts()).resolves.toHaveLength(2);
      await expect(
        index.reader.get('model:acme/thief', EVERYTHING),
      ).resolves.toMatchObject({
        conflict: { outcome: 'refused', otherClaimants: ['model:acme/alpha'] },
      });
      await expect(
        index.reader.get('model:acme/alpha', EVERYTHING),
      ).resolves.toMatchObject({ conflict: { outcome: 'held' } });

      await index.writer.upsert([projectModel(modelEntity('thief'))]);
      await expect(index.writer.resolveConflicts()).resolves.toEqual([]);
      const alpha = await index.reader.get('model:acme/alpha', EVERYTHING);
      expect(alpha?.conflict).toBeUndefined();
    });

    it('does not let an old model take over a gateway id by an edit', async () => {
      await index
        .knex('models')
        .where({ entity_ref: 'model:acme/gamma' })
        .update({ first_seen_at: '2020-01-01T00:00:00.000Z' });
      await index.writer.upsert([
        projectModel(modelEntity('gamma', { gatewayId: 'acme/alpha' })),
      ]);
      await index.writer.resolveConflicts();
      await expect(
        index.reader.get('model:acme/gamma', EVERYTHING),
      ).resolves.toMatchObject({ conflict: { outcome: 'refused' } });
    });

    it('remembers how far a feed was read', async () => {
      await expect(index.writer.getFeedCursor('x')).resolves.toBeUndefined();
      await index.writer.setFeedCursor('x', 7);
      await index.writer.setFeedCursor('x', 12);
      await expect(index.writer.getFeedCursor('x')).resolves.toBe(12);
    });
  },
);
