import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { CallerKind } from '@modelhub/backstage-plugin-models-common';
import type { GroupKey, RollupFilter } from '../../rollups';
import type { InsightAccess, Owners } from '../access';
import { addDays, dayText, lastDay, monthAt, type Range } from '../days';
import type { Numbers } from '../Numbers';
import {
  focusColumns,
  PLAIN_COLUMNS,
  type Charge,
  type Issuer,
} from './columns';
import { csvHeader, csvLine } from './csv';

/** Longer ranges are charged by month. */
const MOST_DAYS = 400;

/** All that charges are told apart by; their order is that of the lines. */
const KEYS: GroupKey[] = [
  'at',
  'model',
  'version',
  'team',
  'component',
  'profile',
  'tier',
  'currency',
  'source',
];

export interface ChargebackQuery {
  from?: string;
  to?: string;
  format?: 'csv' | 'focus';
  callerKind?: CallerKind;
  caller?: string;
}

export interface ChargebackFile {
  name: string;
  /** Pieces of the file, made while they are read. */
  pieces: AsyncIterable<string>;
}

/** `2026-11-01T00:00:00Z` */
const momentOf = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;

/** What to charge whom, as a file. */
export class ChargebackService {
  static create(options: {
    numbers: Numbers;
    access: InsightAccess;
    issuer: Issuer;
  }): ChargebackService {
    return new ChargebackService(options);
  }

  readonly #options: Parameters<typeof ChargebackService.create>[0];

  private constructor(options: Parameters<typeof ChargebackService.create>[0]) {
    this.#options = options;
  }

  /** @throws NotFoundError or NotAllowedError for what the caller may not see */
  async export(
    credentials: BackstageCredentials,
    query: ChargebackQuery,
  ): Promise<ChargebackFile> {
    const { numbers } = this.#options;
    const { range } = numbers.ranges(query, MOST_DAYS);
    const { where, owners } = await this.#sight(credentials, query);
    const { format = 'csv' } = query;
    return {
      name: `chargeback-${dayText(range.from)}-${lastDay(range)}-${format}.csv`,
      pieces: this.#pieces(range, where, owners, format),
    };
  }

  async #sight(
    credentials: BackstageCredentials,
    { callerKind, caller }: ChargebackQuery,
  ): Promise<{ where?: RollupFilter; owners: Owners }> {
    const { access } = this.#options;
    if (callerKind === undefined && caller === undefined) {
      return { owners: await access.demandAll(credentials) };
    }
    if (callerKind === undefined || caller === undefined) {
      throw new InputError(
        'Send callerKind and caller together, or neither for the whole organisation.',
      );
    }
    return access.ofCaller(credentials, callerKind, caller);
  }

  /** Period by period, so that a long range needs no more memory than a short one. */
  async *#pieces(
    range: Range,
    where: RollupFilter | undefined,
    owners: Owners,
    format: 'csv' | 'focus',
  ): AsyncGenerator<string> {
    const { numbers, issuer } = this.#options;
    const columns = format === 'focus' ? focusColumns(issuer) : PLAIN_COLUMNS;
    yield csvHeader(columns);
    const after = (at: Date) =>
      range.level === 'day' ? addDays(at, 1) : monthAt(at, 1);
    for (let at = range.from; at < range.to; at = after(at)) {
      const to = after(at);
      const rows = await numbers.rollups.sums({
        level: range.level,
        from: at,
        to,
        where,
        by: KEYS,
      });
      const month = monthAt(at);
      const lines = rows
        // FOCUS has no line without a currency.
        .filter(row => format === 'csv' || row.currency !== '')
        .map(row => {
          const charge: Charge = {
            ...row,
            from: momentOf(at),
            to: momentOf(to),
            billingFrom: momentOf(month),
            billingTo: momentOf(monthAt(month, 1)),
            team: owners.teamOf(row),
            component: row.component ?? '',
            profile: row.profile ?? '',
            model: row.model ?? '',
            version: row.version ?? '',
            tier: row.tier ?? '',
            source: row.source ?? '',
            currency: row.currency ?? '',
          };
          return csvLine(columns, charge);
        });
      if (lines.length > 0) yield lines.join('');
    }
  }
}
