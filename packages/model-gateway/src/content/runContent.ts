import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CONTENT_KEY, ContentKeys } from './ContentKeys';
import { ContentStore } from './ContentStore';

const HELP = `modelhub-gateway content read --state-dir DIR --profile ID [--day YYYY-MM-DD] [--id REQUEST]

  Prints the calls that were kept for a profile, one JSON object a line. Needs
  the key in ${CONTENT_KEY}. Each use is noted in content/access.log.
`;

/** Where a gateway keeps content. */
export const contentFolder = (stateDir: string) =>
  path.join(stateDir, 'content');

/**
 * The program `modelhub-gateway content`.
 *
 * @returns the exit code: 2 for wrong usage, 1 when something could not be read
 */
export async function runContent(
  args: string[],
  env: Record<string, string | undefined>,
  out: { print: (line: string) => void; complain: (line: string) => void } = {
    print: line => process.stdout.write(`${line}\n`),
    complain: line => process.stderr.write(`${line}\n`),
  },
): Promise<number> {
  const options = optionsOf(args);
  if (!options) {
    out.complain(HELP);
    return 2;
  }
  let keys: ContentKeys | undefined;
  try {
    keys = ContentKeys.parse(env[CONTENT_KEY]);
  } catch (error) {
    out.complain((error as Error).message);
    return 2;
  }
  if (!keys) {
    out.complain(
      `Set ${CONTENT_KEY} to the key that the gateway encrypts with.`,
    );
    return 2;
  }
  const folder = contentFolder(options.stateDir);
  await note(folder, options);
  const quiet = () => {};
  const store = await ContentStore.create({
    folder,
    keys,
    logger: { info: quiet, warn: quiet, error: quiet },
  });
  let problems = 0;
  for await (const read of store.read(options.profile, options.day)) {
    if ('problem' in read) {
      problems += 1;
      out.complain(`A call could not be read: ${read.problem}`);
    } else if (options.id === undefined || read.call.id === options.id) {
      out.print(JSON.stringify(read.call));
    }
  }
  await store.close();
  return problems > 0 ? 1 : 0;
}

interface ReadOptions {
  stateDir: string;
  profile: string;
  day?: string;
  id?: string;
}

function optionsOf(args: string[]): ReadOptions | undefined {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'state-dir': { type: 'string' },
        profile: { type: 'string' },
        day: { type: 'string' },
        id: { type: 'string' },
      },
    });
    const { 'state-dir': stateDir, profile, day, id } = values;
    return positionals.join() === 'read' && stateDir && profile
      ? { stateDir, profile, day, id }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Who looked at what, and when. */
async function note(folder: string, options: ReadOptions): Promise<void> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const { profile, day, id } = options;
  const entry = {
    at: new Date().toISOString(),
    user: os.userInfo().username,
    profile,
    day,
    id,
  };
  await fs.appendFile(
    path.join(folder, 'access.log'),
    `${JSON.stringify(entry)}\n`,
    { mode: 0o600 },
  );
}
