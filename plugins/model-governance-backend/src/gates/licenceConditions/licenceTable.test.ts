import type { JsonObject } from '@backstage/types';
import {
  findLicence,
  licenceSummary,
} from '@modelhub/backstage-plugin-models-common';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { evaluate, model } from '../__testUtils__/evaluate';
import { licenceGate } from '../builtIn';
import { catalogLicences } from './__testUtils__/catalogLicences';

const repository = resolve(__dirname, '../../../../..');
const catalogs = join(repository, '..', 'shared', 'data', 'model-catalogs');
const table = join(repository, 'docs/gates/licences.md');
const TIERS = ['sandbox', 'internal', 'customer-facing', 'regulated'];

/** What the shipped policies tell the gate, by tier. */
const paramsOf = (tier: string): JsonObject =>
  parse(readFileSync(join(repository, `policies/${tier}.yaml`), 'utf8')).gates
    .licence.params;

/** What the gate decides of a licence: seen by people outside in the tier for customers. */
async function decide(id: string, tier: string): Promise<string> {
  const { verdict } = await evaluate(
    licenceGate,
    model({ license: { id } }),
    paramsOf(tier),
  );
  return verdict;
}

/** Rows of the table in the documentation, by licence. */
function written(): Map<string, string[]> {
  const rows = readFileSync(table, 'utf8')
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line => line.split('|').map(cell => cell.trim()));
  return new Map(
    rows.map(([, id, ...cells]) => [
      id.replaceAll('`', ''),
      cells.slice(0, -1),
    ]),
  );
}

describe('licences of public catalogs', () => {
  it.each(catalogLicences)(
    '$id is decided as the documentation says',
    async ({ id, models }) => {
      const verdicts = await Promise.all(TIERS.map(tier => decide(id, tier)));
      expect(written().get(id)).toEqual([
        String(models),
        licenceSummary(id).commercialUse,
        ...verdicts,
      ]);
    },
  );

  it('are all known', () => {
    const unknown = catalogLicences.filter(({ id }) => !findLicence(id));
    expect(unknown).toEqual([]);
    expect(written().size).toBe(catalogLicences.length);
  });

  it('are those of every model in them, where the catalogs are at hand', () => {
    const counts = new Map<string, number>();
    for (const file of existsSync(catalogs) ? readdirSync(catalogs) : []) {
      const { models } = parse(readFileSync(join(catalogs, file), 'utf8'), {
        maxAliasCount: -1,
      }) as { models: Array<{ license?: string }> };
      for (const { license = 'none' } of models) {
        counts.set(license, (counts.get(license) ?? 0) + 1);
      }
    }
    const distilled = catalogLicences.map(({ id, models }) => [id, models]);
    expect(Object.fromEntries(counts)).toEqual(
      existsSync(catalogs) ? Object.fromEntries(distilled) : {},
    );
  });
});
