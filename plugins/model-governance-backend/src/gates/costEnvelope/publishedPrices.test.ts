import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { demoCatalog } from '../__testUtils__/demoCatalog';

/** Public price lists, beside the repository where somebody put them. */
const folder = resolve(
  __dirname,
  ...['..', '..', '..', '..', '..', '..', 'shared', 'data', 'prices'],
);

const whereTheyAre = existsSync(folder) ? describe : describe.skip;

interface PriceList {
  models: Array<{
    id: string;
    price_history: Array<{
      input: number;
      output: number;
      to_date: string | null;
    }>;
  }>;
}

whereTheyAre('prices of the hosted models of the demo', () => {
  it('are those of the public lists, where these have them', () => {
    const today = new Map(
      readdirSync(folder).flatMap(file =>
        (
          JSON.parse(readFileSync(join(folder, file), 'utf8')) as PriceList
        ).models.map(({ id, price_history }) => {
          const price = price_history.find(({ to_date }) => !to_date);
          return [id, price && [price.input, price.output]] as const;
        }),
      ),
    );
    const both = [...demoCatalog().models.values()].flatMap(
      ({ metadata: { name }, spec: { pricing } }) => {
        const published = today.get(name);
        return pricing && published
          ? [
              {
                name,
                ours: [pricing.inputPerMTok, pricing.outputPerMTok],
                published,
              },
            ]
          : [];
      },
    );
    expect(both.length).toBeGreaterThanOrEqual(4);
    expect(both.map(({ name, ours }) => [name, ours])).toEqual(
      both.map(({ name, published }) => [name, published]),
    );
  });
});
