import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { packFacts } from '../packs/packEntity';
import type { PackService } from '../packs/PackService';
import type { PackStore } from '../packs/PackStore';
import type { ResultPack } from './presentResult';
import type { ResultRecord } from './ResultStore';

const MOST_KEPT = 50;

/** Which pack of the catalog a result is about, and what was in it. */
export class ResultPacks {
  static create(options: {
    packs: Pick<PackService, 'entities' | 'ofDigest'>;
    store: PackStore;
  }): ResultPacks {
    return new ResultPacks(options);
  }

  readonly #packs: Pick<PackService, 'entities' | 'ofDigest'>;
  readonly #store: PackStore;
  /** By digest, which says it all; the one that was asked for last at the end. */
  readonly #contents = new Map<string, ReturnType<PackService['ofDigest']>>();

  private constructor(options: Parameters<typeof ResultPacks.create>[0]) {
    this.#packs = options.packs;
    this.#store = options.store;
  }

  /** For each of the records, in order. */
  async of(
    records: ResultRecord[],
    credentials: BackstageCredentials,
  ): Promise<ResultPack[]> {
    if (records.length === 0) return [];
    const facts = (await this.#packs.entities(credentials)).map(packFacts);
    const inCatalog = records.map(({ document: { suite, pack } }) => {
      const found = facts.filter(({ entityRef, name }) =>
        pack?.entityRef ? entityRef === pack.entityRef : name === suite.name,
      );
      // Two packs of the name: nobody knows which one is meant.
      return found.length === 1 ? found[0] : undefined;
    });
    const versions = await this.#store.versionsOf([
      ...new Set(inCatalog.flatMap(fact => fact?.entityRef ?? [])),
    ]);
    return Promise.all(
      records.map(async ({ document: { suite, pack } }, place) => {
        const fact = inCatalog[place];
        const known =
          fact && versions.get(`${fact.entityRef}@${suite.version}`);
        const digest = pack?.digest ?? known?.digest;
        // Whatever a result calls itself: contents are only of packs that the caller may see.
        const content = fact && digest && (await this.#content(digest));
        return {
          ...(fact && {
            inCatalog: {
              entityRef: fact.entityRef,
              title: fact.title,
              version: fact.version,
            },
          }),
          knownDigest: known?.digest,
          ...(content && content.entityRef === fact.entityRef && { content }),
        };
      }),
    );
  }

  #content(digest: string): ReturnType<PackService['ofDigest']> {
    const kept = this.#contents.get(digest);
    this.#contents.delete(digest);
    const content = kept ?? this.#packs.ofDigest(digest);
    this.#contents.set(digest, content);
    content.then(
      found => {
        // It may be read later on.
        if (!found) this.#contents.delete(digest);
      },
      () => this.#contents.delete(digest),
    );
    for (const oldest of this.#contents.keys()) {
      if (this.#contents.size <= MOST_KEPT) break;
      this.#contents.delete(oldest);
    }
    return content;
  }
}
