import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { RuntimeSetting } from './runtimes';

/** A feed of the organisation's own. */
export interface FeedConfig {
  id: string;
  title: string;
  /** JSON files below it. */
  folder?: string;
  /** A JSON document. */
  url?: string;
  /** Value of the header `Authorization`. */
  authorization?: string;
}

export interface AdvisoryConfig {
  feeds: FeedConfig[];
  /** Absent where the public database is not asked. */
  osv?: { endpoint: string };
  /** How long what was read from afar counts. */
  cacheSeconds: number;
  allowedHosts: string[];
  /** Hosts among them that may be spoken to without TLS. */
  plainHosts: string[];
  runtimes: RuntimeSetting[];
}

const OSV = 'https://api.osv.dev';
const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const WHERE = 'modelGovernance.advisories';

function feedOf(config: Config): FeedConfig {
  const id = config.getString('id');
  const folder = config.getOptionalString('folder');
  const url = config.getOptionalString('url');
  if (!ID.test(id) || id === 'osv') {
    throw new InputError(
      `${WHERE}.feeds: id '${id}' has to be lower-case letters, digits and dashes, and not 'osv'.`,
    );
  }
  if ((folder === undefined) === (url === undefined)) {
    throw new InputError(
      `${WHERE}.feeds: '${id}' needs either a folder or a url.`,
    );
  }
  return {
    id,
    title: config.getOptionalString('title') ?? id,
    folder,
    url,
    authorization: config.getOptionalString('authorization'),
  };
}

/** Where advisories are looked for, and what of programs is known to run. */
export function readAdvisoryConfig(config: Config): AdvisoryConfig {
  const own = config.getOptionalConfig(WHERE);
  const feeds = (own?.getOptionalConfigArray('feeds') ?? []).map(feedOf);
  const twice = feeds.find(
    ({ id }, n) => feeds.findIndex(it => it.id === id) !== n,
  );
  if (twice) {
    throw new InputError(
      `${WHERE}.feeds: two feeds have the id '${twice.id}'.`,
    );
  }
  const runtimes = own?.getOptionalConfigArray('runtimes') ?? [];
  return {
    feeds,
    ...(own?.getOptionalBoolean('osv.enabled') && {
      osv: { endpoint: own.getOptionalString('osv.endpoint') ?? OSV },
    }),
    cacheSeconds: (own?.getOptionalNumber('cacheMinutes') ?? 60) * 60,
    allowedHosts: own?.getOptionalStringArray('allowedHosts') ?? [
      new URL(OSV).host,
    ],
    plainHosts: own?.getOptionalStringArray('plainHosts') ?? [],
    runtimes: runtimes.map(runtime => ({
      name: runtime.getString('name'),
      version: runtime.getOptionalString('version'),
      packages: runtime.getOptionalConfigArray('packages')?.map(it => ({
        ecosystem: it.getString('ecosystem'),
        name: it.getString('name'),
      })),
    })),
  };
}
