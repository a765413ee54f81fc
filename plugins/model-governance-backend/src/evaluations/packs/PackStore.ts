import type { Knex } from 'knex';

/** The files of a pack, as they were read. */
export interface PackContent {
  packYaml: string;
  /** By path. */
  files: Record<string, string>;
}

/** What a version was when it was read first. */
export interface PackVersion {
  entityRef: string;
  version: string;
  digest: string;
  /** ISO 8601. */
  firstSeenAt: string;
  /** Of other content under the same version, as it was read last. */
  otherDigest?: string;
  changedAt?: string;
}

interface Row {
  entity_ref: string;
  version: string;
  digest: string;
  first_seen_at: string;
  other_digest: string | null;
  changed_at: string | null;
}

const toVersion = (row: Row): PackVersion => ({
  entityRef: row.entity_ref,
  version: row.version,
  digest: row.digest,
  firstSeenAt: row.first_seen_at,
  otherDigest: row.other_digest ?? undefined,
  changedAt: row.changed_at ?? undefined,
});

/** Versions of packs and their contents; a version is what it was first. */
export class PackStore {
  static create(options: { knex: Knex }): PackStore {
    return new PackStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async version(
    entityRef: string,
    version: string,
  ): Promise<PackVersion | undefined> {
    const row = await this.#knex<Row>('evaluation_pack_versions')
      .where({ entity_ref: entityRef, version })
      .first();
    return row && toVersion(row);
  }

  /** Of a version as it was read first, for checks. */
  async digestOf(
    entityRef: string,
    version: string,
  ): Promise<string | undefined> {
    return (await this.version(entityRef, version))?.digest;
  }

  /** The one that was read last comes first. */
  async versions(entityRef: string): Promise<PackVersion[]> {
    const rows: Row[] = await this.#knex<Row>('evaluation_pack_versions')
      .where({ entity_ref: entityRef })
      .orderBy('first_seen_at', 'desc');
    return rows.map(toVersion);
  }

  /** By `entityRef@version`. */
  async versionsOf(entityRefs: string[]): Promise<Map<string, PackVersion>> {
    const rows: Row[] = await this.#knex<Row>(
      'evaluation_pack_versions',
    ).whereIn('entity_ref', entityRefs);
    return new Map(
      rows.map(row => [`${row.entity_ref}@${row.version}`, toVersion(row)]),
    );
  }

  async content(digest: string): Promise<PackContent | undefined> {
    const row = await this.#knex('evaluation_pack_contents')
      .where({ digest })
      .first('content');
    return row && JSON.parse(row.content);
  }

  /**
   * Remembers what was read; of a version that is known, only that it is
   * something else now.
   *
   * @returns the version as it is known now
   */
  async saw(
    read: { entityRef: string; version: string; digest: string },
    content: PackContent,
    at: string,
  ): Promise<PackVersion> {
    const { entityRef, version, digest } = read;
    const key = { entity_ref: entityRef, version };
    const table = () => this.#knex<Row>('evaluation_pack_versions');
    const first = await table().where(key).first();
    if (!first) {
      await this.#knex('evaluation_pack_contents')
        .insert({ digest, content: JSON.stringify(content), stored_at: at })
        .onConflict('digest')
        .ignore();
      await table()
        .insert({ ...key, digest, first_seen_at: at })
        .onConflict(['entity_ref', 'version'])
        .ignore();
    }
    const known = first ?? (await table().where(key).first())!;
    const other = known.digest === digest ? null : digest;
    if (known.other_digest !== other) {
      await table()
        .where(key)
        .update({ other_digest: other, changed_at: other ? at : null });
      return toVersion({
        ...known,
        other_digest: other,
        changed_at: other ? at : null,
      });
    }
    return toVersion(known);
  }
}
