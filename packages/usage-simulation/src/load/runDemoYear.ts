import { parseArgs } from 'node:util';
import { catalogEntities, catalogText } from '../entities';
import { YEAR_SIZES } from '../simulateYear';
import { accessProfiles } from './accessProfiles';
import { fillPortal } from './fillPortal';
import { YearFolder, type YearSize } from './YearFolder';

const HELP = `modelhub-demo-year COMMAND --folder DIR [options]

  prepare   begins a simulated year in the folder, or goes on with the one that is
            there: writes catalog.yaml (teams, people, services, models) and
            profiles.json (their access profiles)
              --size full|small   ${YEAR_SIZES.full.calls.toLocaleString(
                'en',
              )} or ${YEAR_SIZES.small.calls.toLocaleString('en')} calls
  fill      gives it to a running demo portal, from where an earlier run ended
              --portal URL
              --connections N     batches on their way at one time (8)
`;

/** The group of the demo's organisation that everybody belongs to. */
const PARENT = 'group:default/acme';

const isSize = (text: string): text is YearSize => text in YEAR_SIZES;

function prepare(folder: string, size: string): void {
  if (!isSize(size)) {
    throw new Error(
      `There is no year of size '${size}'. Sizes: ${Object.keys(
        YEAR_SIZES,
      ).join(', ')}`,
    );
  }
  const opened = YearFolder.open(folder, size, new Date());
  const year = opened.simulate();
  opened.write(
    'catalog.yaml',
    catalogText(catalogEntities(year, { parent: PARENT })),
  );
  opened.write('profiles.json', JSON.stringify(accessProfiles(year.teams)));
}

async function fill(
  folder: string,
  portal: string,
  connections: number | undefined,
): Promise<void> {
  const found = YearFolder.find(folder);
  if (!found) {
    throw new Error(
      `${folder} holds no simulated year. Begin one: modelhub-demo-year prepare --folder ${folder}`,
    );
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => stop.abort());
  }
  await fillPortal({
    folder: found,
    portal,
    connections,
    signal: stop.signal,
    say: line => process.stdout.write(`${line}\n`),
  });
}

/** The program `modelhub-demo-year`. */
export async function runDemoYear(args: string[]): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        folder: { type: 'string' },
        size: { type: 'string', default: 'full' },
        portal: { type: 'string' },
        connections: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    const [command] = positionals;
    const { folder, portal, connections } = values;
    if (values.help) {
      process.stdout.write(HELP);
    } else if (command === 'prepare' && folder !== undefined) {
      prepare(folder, values.size);
    } else if (
      command === 'fill' &&
      folder !== undefined &&
      portal !== undefined
    ) {
      const count = connections === undefined ? undefined : Number(connections);
      if (count !== undefined && !(Number.isInteger(count) && count > 0)) {
        throw new Error('--connections is a whole number, 1 or more.');
      }
      await fill(folder, portal, count);
    } else {
      throw new Error(`What is to be done?\n\n${HELP}`);
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
