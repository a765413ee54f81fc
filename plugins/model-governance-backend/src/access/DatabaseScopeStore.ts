import type {
  AccessProfile,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { DEFAULT_SETTINGS } from './profileSettings';
import type { PurposeTerms } from './purposeChange';

interface ProfileRow {
  id: string;
  title: string;
  description: string | null;
  owner: string | null;
  members: string;
  enforcement: AccessProfile['enforcement'];
  settings: string | null;
  created_at: string;
  updated_at: string;
}

interface PurposeRow {
  id: string;
  title: string;
  description: string | null;
  data_classes: string;
  regions: string;
  max_retention_days: number | null;
  uses: string | null;
  created_at: string;
  updated_at: string | null;
}

const toProfile = (row: ProfileRow): AccessProfile => ({
  id: row.id,
  title: row.title,
  description: row.description ?? undefined,
  owner: row.owner ?? undefined,
  members: JSON.parse(row.members),
  enforcement: row.enforcement,
  settings: row.settings === null ? DEFAULT_SETTINGS : JSON.parse(row.settings),
});

const fromProfile = (profile: AccessProfile) => ({
  id: profile.id,
  title: profile.title,
  description: profile.description ?? null,
  owner: profile.owner ?? null,
  members: JSON.stringify(profile.members),
  enforcement: profile.enforcement,
  settings:
    profile.settings === undefined ? null : JSON.stringify(profile.settings),
});

interface TermsRow
  extends Pick<
    PurposeRow,
    'data_classes' | 'regions' | 'max_retention_days' | 'uses'
  > {
  since: string;
}

const toTerms = (row: Omit<TermsRow, 'since'>): PurposeTerms => ({
  dataClasses: JSON.parse(row.data_classes),
  regions: JSON.parse(row.regions),
  ...(row.max_retention_days !== null && {
    maxRetentionDays: row.max_retention_days,
  }),
  ...(row.uses !== null && { uses: JSON.parse(row.uses) }),
});

const fromTerms = (terms: PurposeTerms) => ({
  data_classes: JSON.stringify(terms.dataClasses),
  regions: JSON.stringify(terms.regions),
  max_retention_days: terms.maxRetentionDays ?? null,
  uses: terms.uses === undefined ? null : JSON.stringify(terms.uses),
});

const toPurpose = (row: PurposeRow): Purpose => ({
  id: row.id,
  title: row.title,
  description: row.description ?? undefined,
  ...toTerms(row),
});

const fromPurpose = (purpose: Purpose) => ({
  id: purpose.id,
  title: purpose.title,
  description: purpose.description ?? null,
  ...fromTerms(purpose),
});

/** Rows of profiles and purposes. Inside a transaction pass it. */
export class DatabaseScopeStore {
  static create(options: { knex: Knex }): DatabaseScopeStore {
    return new DatabaseScopeStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async profiles(tx: Knex = this.#knex): Promise<AccessProfile[]> {
    const rows = await tx<ProfileRow>('access_profiles').orderBy('id');
    return rows.map(toProfile);
  }

  async profile(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<AccessProfile | undefined> {
    const row = await tx<ProfileRow>('access_profiles').where({ id }).first();
    return row && toProfile(row);
  }

  /** The profile as it is until the transaction ends. */
  async lockProfile(
    tx: Knex.Transaction,
    id: string,
  ): Promise<AccessProfile | undefined> {
    const row = await tx<ProfileRow>('access_profiles')
      .where({ id })
      .forUpdate()
      .first();
    return row && toProfile(row);
  }

  /** False when there is one with this id. */
  async addProfile(
    tx: Knex,
    profile: AccessProfile,
    now: string,
  ): Promise<boolean> {
    const added = await tx('access_profiles')
      .insert({ ...fromProfile(profile), created_at: now, updated_at: now })
      .onConflict('id')
      .ignore()
      .returning('id');
    return added.length > 0;
  }

  async changeProfile(
    tx: Knex,
    profile: AccessProfile,
    now: string,
  ): Promise<void> {
    await tx('access_profiles')
      .where({ id: profile.id })
      .update({ ...fromProfile(profile), updated_at: now });
  }

  async purposes(tx: Knex = this.#knex): Promise<Purpose[]> {
    const rows = await tx<PurposeRow>('access_purposes').orderBy('id');
    return rows.map(toPurpose);
  }

  async purpose(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<Purpose | undefined> {
    const row = await tx<PurposeRow>('access_purposes').where({ id }).first();
    return row && toPurpose(row);
  }

  /** The purpose as it is until the transaction ends. */
  async lockPurpose(
    tx: Knex.Transaction,
    id: string,
  ): Promise<Purpose | undefined> {
    const row = await tx<PurposeRow>('access_purposes')
      .where({ id })
      .forUpdate()
      .first();
    return row && toPurpose(row);
  }

  /** False when there is one with this id. */
  async addPurpose(tx: Knex, purpose: Purpose, now: string): Promise<boolean> {
    const added = await tx('access_purposes')
      .insert({ ...fromPurpose(purpose), created_at: now })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (added.length === 0) return false;
    await this.#addTerms(tx, purpose, now);
    return true;
  }

  async changePurpose(tx: Knex, purpose: Purpose, now: string): Promise<void> {
    await tx('access_purposes')
      .where({ id: purpose.id })
      .update({ ...fromPurpose(purpose), updated_at: now });
    await this.#addTerms(tx, purpose, now);
  }

  /** What the purpose allowed, since when, oldest first. */
  async termsOf(
    tx: Knex,
    purpose: string,
  ): Promise<Array<{ since: string; terms: PurposeTerms }>> {
    const rows = await tx<TermsRow & { id: number; purpose: string }>(
      'access_purpose_terms',
    )
      .where({ purpose })
      .orderBy('id');
    return rows.map(row => ({ since: row.since, terms: toTerms(row) }));
  }

  async #addTerms(tx: Knex, purpose: Purpose, now: string): Promise<void> {
    await tx('access_purpose_terms').insert({
      purpose: purpose.id,
      since: now,
      ...fromTerms(purpose),
    });
  }
}
