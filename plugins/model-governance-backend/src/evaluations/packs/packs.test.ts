import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  databaseIds,
  migratedDatabase,
  model,
  TestClock,
} from '../../__testUtils__';
import { caseLines } from '../__testUtils__/evaluationsWorld';
import { PackFiles } from './PackFiles';
import { PackReader } from './PackReader';
import { PackService } from './PackService';
import { PackStore } from './PackStore';

jest.setTimeout(60_000);

const asked = { credentials: mockCredentials.user() };
const name = { namespace: 'acme', name: 'tickets' };

describe.each(databaseIds)('packs of the catalog on %s', databaseId => {
  async function setup() {
    const { knex } = await migratedDatabase(databaseId);
    const clock = new TestClock();
    const folder = mkdtempSync(join(tmpdir(), 'packs-'));
    const write = (file: string, text: string) =>
      writeFileSync(join(folder, file), text);
    write('cases.jsonl', caseLines(20));
    const entities: Entity[] = [model('llama', { tasks: ['text-generation'] })];
    const setPack = (
      version: string,
      spec: JsonObject = {},
      location = `file:${join(folder, 'pack.yaml')}`,
    ) => {
      entities[1] = {
        apiVersion: 'modelhub.dev/v1alpha1',
        kind: 'EvaluationPack',
        metadata: {
          ...name,
          title: 'Support tickets',
          etag: version,
          annotations: { 'backstage.io/managed-by-location': location },
        },
        spec: {
          type: 'quality',
          version,
          owner: 'group:default/ml-platform',
          lifecycle: 'active',
          license: 'Apache-2.0',
          task: 'chat',
          scorers: [{ name: 'exact', type: 'exact-match' }],
          criteria: [{ metric: 'exact', atLeast: 0.6 }],
          cases: './cases.jsonl',
          ...spec,
        },
      };
    };
    setPack('1.0.0');
    const now = () => catalogServiceMock({ entities });
    const store = PackStore.create({ knex });
    const reader = PackReader.create({
      store,
      clock,
      files: PackFiles.create({
        urlReader: mockServices.urlReader.mock({
          readUrl: async url => ({
            buffer: async () => Buffer.from(caseLines(url.length > 50 ? 7 : 0)),
          }),
        }),
        config: new ConfigReader({
          catalog: {
            locations: [{ type: 'file', target: join(folder, 'all.yaml') }],
          },
        }),
      }),
    });
    const packs = PackService.create({
      store,
      reader,
      catalog: catalogServiceMock.mock({
        getEntities: (...args) => now().getEntities(...args),
        getEntityByRef: (...args) => now().getEntityByRef(...args),
      }),
    });
    return { clock, folder, write, setPack, packs, store };
  }

  it('knows what a version was, and says when it is something else', async () => {
    const { clock, write, setPack, packs, store } = await setup();
    const first = await packs.get(name, asked);
    expect(first).toMatchObject({
      version: '1.0.0',
      cases: 20,
      isCurrent: true,
      problems: [],
      slices: [{ attribute: 'language' }],
      versions: [{ version: '1.0.0' }],
    });
    expect(first.sample).toHaveLength(5);

    write('cases.jsonl', caseLines(20, ' please'));
    expect((await packs.get(name, asked)).problems).toEqual([]);
    clock.advance(61);
    expect((await packs.get(name, asked)).problems).toEqual([
      expect.objectContaining({ code: 'content-changed' }),
    ]);
    await expect(
      packs.runnable('evaluationpack:acme/tickets', asked),
    ).rejects.toThrow('without a new version');
    // For checks it is what it was first.
    expect(await store.digestOf('evaluationpack:acme/tickets', '1.0.0')).toBe(
      first.digest,
    );

    setPack('1.1.0');
    const next = await packs.get(name, asked);
    expect(next).toMatchObject({ version: '1.1.0', problems: [] });
    expect(next.digest).not.toBe(first.digest);
    expect(await packs.get({ ...name, version: '1.0.0' }, asked)).toMatchObject(
      {
        version: '1.0.0',
        isCurrent: false,
        digest: first.digest,
      },
    );
    expect(
      await packs.download({ ...name, version: '1.0.0' }, asked),
    ).toMatchObject({
      format: 'modelhub-evaluation-pack/v1',
      digest: first.digest,
      files: { 'cases.jsonl': caseLines(20) },
    });
    await expect(
      packs.get({ ...name, version: '0.9.0' }, asked),
    ).rejects.toThrow('was never read here; the catalog has 1.1.0');
  });

  it('sees a change back again', async () => {
    const { clock, write, packs } = await setup();
    await packs.get(name, asked);
    write('cases.jsonl', caseLines(3));
    clock.advance(61);
    expect((await packs.get(name, asked)).problems).toHaveLength(1);
    write('cases.jsonl', caseLines(20));
    clock.advance(61);
    expect((await packs.get(name, asked)).problems).toEqual([]);
  });

  it('reads nothing outside of the folder of the pack', async () => {
    const { folder, setPack, packs } = await setup();
    const problem = async () => (await packs.get(name, asked)).problems[0];
    for (const [version, cases] of [
      ['1.0.1', '../../../etc/passwd'],
      ['1.0.2', '/etc/passwd'],
      ['1.0.3', 'file:///etc/passwd'],
      ['1.0.4', 'http://169.254.169.254/latest'],
    ]) {
      setPack(version, { cases });
      expect(await problem()).toMatchObject({
        code: 'unreadable',
        message: expect.stringContaining('is not beside pack.yaml'),
      });
    }
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'cases.jsonl'), caseLines(20));
    symlinkSync(join(outside, 'cases.jsonl'), join(folder, 'link.jsonl'));
    setPack('1.0.5', { cases: './link.jsonl' });
    expect(await problem()).toMatchObject({ code: 'unreadable' });
    // Whoever writes the annotation does not choose the folder either.
    setPack('1.0.6', {}, `file:${join(outside, 'pack.yaml')}`);
    expect(await problem()).toMatchObject({ code: 'unreadable' });
    rmSync(join(folder, 'cases.jsonl'));
    setPack('1.0.7');
    const [listed] = await packs.list({}, asked);
    expect(listed).toMatchObject({ version: '1.0.7' });
    expect(listed.problems[0].code).toBe('unreadable');
    expect(listed.cases).toBeUndefined();
  });

  it('reads what lies in a repository, and names what is wrong with it', async () => {
    const { setPack, packs } = await setup();
    setPack(
      '2.0.0',
      {},
      'url:https://github.com/acme/packs/blob/main/tickets/pack.yaml',
    );
    expect(await packs.get(name, asked)).toMatchObject({
      cases: 7,
      problems: [],
    });
    setPack('2.0.1', { scorers: [{ name: 'exact', type: 'no-such' }] });
    const [wrong] = (await packs.get(name, asked)).problems;
    expect(wrong).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining("no scorer is called 'no-such'"),
    });
    setPack('2.0.2', { modelTasks: ['image-classification'] });
    const forModel = { entityRef: 'model:meta/llama' };
    expect(await packs.list(forModel, asked)).toEqual([]);
    setPack('2.0.3', { modelTasks: ['text-generation'] });
    expect(await packs.list(forModel, asked)).toHaveLength(1);
    expect(await packs.list({ type: 'safety' }, asked)).toEqual([]);
  });
});
