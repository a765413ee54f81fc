import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { AdvisoryHttp } from './AdvisoryHttp';
import { AdvisoryStore } from './AdvisoryStore';
import { FeedReader } from './FeedReader';
import type { AskedItem } from './items';
import { matchesOf, type Match } from './match';
import type { OsvAdvisory } from './osv';
import { OsvClient, type OsvPackage } from './OsvClient';
import type { AdvisoryConfig, FeedConfig } from './readAdvisoryConfig';

/** One place that was asked for advisories. */
export interface AskedSource {
  id: string;
  title: string;
  /** When what it said was read. */
  asOf: Date;
  /** Advisories that were looked at. */
  advisories: number;
}

/** What is known of everything that was asked. */
export interface AdvisoryAnswer {
  sources: AskedSource[];
  /** One for each advisory and item; of aliases of each other the first. */
  matches: Match[];
}

/** Finds advisories on models, their lineage and what runs them. */
export interface AdvisoryService {
  /** Whether anything is asked at all. */
  readonly hasSources: boolean;
  /**
   * @throws SourceError when any source gave no answer: what is not known is no
   * reason to pass
   */
  find(items: AskedItem[], signal: AbortSignal): Promise<AdvisoryAnswer>;
}

const OSV_SOURCE = 'osv';
/** Advisories fetched one by one at a time. */
const AT_ONCE = 8;

export interface AdvisoryServiceOptions {
  config: AdvisoryConfig;
  transactions: Transactions;
  clock: Clock;
  /** Tests are less patient. */
  http?: AdvisoryHttp;
}

const idsOf = (advisories: OsvAdvisory[]) =>
  advisories.map(({ id, modified }) => ({ id, ...(modified && { modified }) }));

const distinct = (packages: OsvPackage[]) => [
  ...new Map(packages.map(it => [`${it.ecosystem} ${it.name}`, it])).values(),
];

/** Asks every source that is set up, and judges what they say. */
export class DefaultAdvisoryService implements AdvisoryService {
  static create(options: AdvisoryServiceOptions): DefaultAdvisoryService {
    return new DefaultAdvisoryService(options);
  }

  readonly #config: AdvisoryConfig;
  readonly #clock: Clock;
  readonly #store: AdvisoryStore;
  readonly #reader: FeedReader;
  readonly #osv: OsvClient | undefined;

  private constructor(options: AdvisoryServiceOptions) {
    const { config, clock } = options;
    const http = options.http ?? AdvisoryHttp.create(config);
    this.#config = config;
    this.#clock = clock;
    this.#store = AdvisoryStore.create(options);
    this.#reader = FeedReader.create({ http });
    this.#osv = config.osv && OsvClient.create({ http, ...config.osv });
  }

  get hasSources(): boolean {
    return this.#config.feeds.length > 0 || this.#osv !== undefined;
  }

  async find(items: AskedItem[], signal: AbortSignal): Promise<AdvisoryAnswer> {
    const parts = await Promise.all([
      ...this.#config.feeds.map(feed => this.#feed(feed, signal)),
      ...(this.#osv ? [this.#public(this.#osv, items, signal)] : []),
    ]);
    const matches = parts.flatMap(({ advisories }) =>
      advisories.flatMap(advisory => matchesOf(advisory, items)),
    );
    return {
      sources: parts.map(({ id, title, asOf, advisories }) => ({
        id,
        title,
        asOf,
        advisories: advisories.length,
      })),
      matches: withoutAliases(matches),
    };
  }

  async #feed(feed: FeedConfig, signal: AbortSignal) {
    const { id, title, folder, url } = feed;
    const now = this.#clock.now();
    if (folder !== undefined) {
      const advisories = await this.#reader.folder({ ...feed, folder });
      return { id, title, asOf: now, advisories };
    }
    const address = url ?? '';
    const question = { url: address };
    const [known] = await this.#store.answers(id, [question]);
    if (known && this.#isFresh(known.answeredAt)) {
      const ids = known.ids.map(it => it.id);
      const records = await this.#store.records(id, ids);
      return {
        id,
        title,
        asOf: known.answeredAt,
        advisories: [...records.values()],
      };
    }
    const read = await this.#reader.document({ ...feed, url: address }, signal);
    // The last of two with one id is the newer one, as in a log.
    const advisories = [...new Map(read.map(it => [it.id, it])).values()];
    await this.#store.put(
      id,
      [{ question, ids: idsOf(advisories) }],
      advisories,
    );
    return { id, title, asOf: now, advisories };
  }

  async #public(client: OsvClient, items: AskedItem[], signal: AbortSignal) {
    const packages = distinct(
      items.flatMap(item =>
        item.packages
          .filter(({ isPublic }) => isPublic)
          .map(({ ecosystem, name }) => ({ ecosystem, name })),
      ),
    );
    const known = await this.#store.answers(OSV_SOURCE, packages);
    const stale = packages.filter((_, n) => {
      const answer = known[n];
      return !answer || !this.#isFresh(answer.answeredAt);
    });
    const fresh = known.filter(
      answer => answer !== undefined && this.#isFresh(answer.answeredAt),
    );
    await this.#ask(client, stale, signal);
    const answers = await this.#store.answers(OSV_SOURCE, packages);
    const ids = [
      ...new Set(answers.flatMap(answer => answer?.ids.map(it => it.id) ?? [])),
    ];
    const records = await this.#store.records(OSV_SOURCE, ids);
    return {
      id: OSV_SOURCE,
      title: 'OSV',
      asOf: new Date(
        Math.min(
          this.#clock.now().getTime(),
          ...fresh.map(answer => answer?.answeredAt.getTime() ?? Infinity),
        ),
      ),
      advisories: [...records.values()],
    };
  }

  /** Asks anew, and keeps what changed. */
  async #ask(client: OsvClient, packages: OsvPackage[], signal: AbortSignal) {
    if (packages.length === 0) return;
    if (packages.length === 1) {
      const advisories = await client.query(packages[0], signal);
      const ids = idsOf(advisories);
      await this.#store.put(
        OSV_SOURCE,
        [{ question: packages[0], ids }],
        advisories,
      );
      return;
    }
    const answers = await client.queryBatch(packages, signal);
    const wanted = new Map(
      answers.flat().map(({ id, modified }) => [id, modified]),
    );
    const kept = await this.#store.records(OSV_SOURCE, [...wanted.keys()]);
    const changed = [...wanted].filter(([id, modified]) => {
      const record = kept.get(id);
      return !record || modified === undefined || record.modified !== modified;
    });
    const advisories: OsvAdvisory[] = [];
    for (let at = 0; at < changed.length; at += AT_ONCE) {
      const some = changed.slice(at, at + AT_ONCE);
      advisories.push(
        ...(await Promise.all(some.map(([id]) => client.advisory(id, signal)))),
      );
    }
    await this.#store.put(
      OSV_SOURCE,
      packages.map((question, n) => ({ question, ids: answers[n] })),
      advisories,
    );
  }

  #isFresh(at: Date): boolean {
    const age = this.#clock.now().getTime() - at.getTime();
    return age >= 0 && age < this.#config.cacheSeconds * 1000;
  }
}

/** One hole is often written down by several databases; the surest and gravest word of them counts. */
function withoutAliases(matches: Match[]): Match[] {
  const weight = ({ certainty, score = 0 }: Match) =>
    (certainty === 'affected' ? 100 : 0) + score;
  const kept: Match[] = [];
  for (const match of [...matches].sort((a, b) => weight(b) - weight(a))) {
    const names = [match.advisory.id, ...(match.advisory.aliases ?? [])];
    const isKnown = kept.some(
      ({ item, advisory }) =>
        item === match.item &&
        [advisory.id, ...(advisory.aliases ?? [])].some(name =>
          names.includes(name),
        ),
    );
    if (!isKnown) kept.push(match);
  }
  return kept;
}
