import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type {
  DriftHistory,
  DriftListItem,
  DriftReference,
  DriftReferenceInput,
  DriftVersion,
  ModelDrift,
} from '@modelhub/backstage-plugin-models-common';
import {
  inTransaction,
  type Clock,
  type IdempotencyKeys,
} from '@modelhub/backstage-plugin-models-node';
import {
  usageFeedbackProblem,
  type UsageFeedbackBatch,
} from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { periodOf } from '../rollups';
import type { DriftAccess } from './DriftAccess';
import { dateOf } from './DriftAlerts';
import type { DriftEpisodes } from './DriftEpisodes';
import type { DriftStore } from './DriftStore';
import { callsOf, type DriftWatch } from './DriftWatch';
import type { DriftWriter } from './DriftWriter';
import { titleOf, toEpisode, toFinding, toReference } from './present';
import { NEEDS } from './statistics';
import { WINDOW_DAYS, type DriftSettings, type VersionKey } from './types';

const DAY_MS = 24 * 3_600_000;
const MOST_OPEN = 200;
const MOST_LISTED = 50;
const USUAL_HISTORY_DAYS = 90;

const dayOf = (date: string) => periodOf('day', Date.parse(date));

/** Drift for people, and feedback from gateways. */
export class DriftService {
  static create(options: {
    knex: Knex;
    clock: Clock;
    idempotency: IdempotencyKeys;
    access: DriftAccess;
    store: DriftStore;
    episodes: DriftEpisodes;
    watch: DriftWatch;
    writer: DriftWriter;
    settings: DriftSettings;
    onChanged: () => void;
  }): DriftService {
    return new DriftService(options);
  }

  readonly #options: Parameters<typeof DriftService.create>[0];

  private constructor(options: Parameters<typeof DriftService.create>[0]) {
    this.#options = options;
  }

  /** @throws InputError when it is not what gateways send */
  async takeFeedback(batch: unknown): Promise<{ accepted: number }> {
    const problem = usageFeedbackProblem(batch);
    if (problem !== undefined) {
      throw new InputError(
        `The feedback is not taken: ${problem}. Send it again as @modelhub/governance-protocol describes it.`,
      );
    }
    const { knex, writer, clock } = this.#options;
    const { items } = batch as UsageFeedbackBatch;
    // A day for the call, and one for a gateway that was cut off.
    const first = clock.now().getTime() - 2 * DAY_MS;
    const fresh = items.filter(({ at }) => Date.parse(at) >= first);
    const accepted = await inTransaction(knex, tx =>
      writer.addFeedback(tx, fresh),
    );
    return { accepted };
  }

  async list(
    credentials: BackstageCredentials,
  ): Promise<{ items: DriftListItem[] }> {
    const { access, episodes, store } = this.#options;
    const open = await episodes.open(MOST_OPEN);
    const names = await store.names(open.map(({ hash }) => hash));
    const visible = await access.visible(
      [...names.values()].map(({ model }) => model),
      credentials,
    );
    const items = open.flatMap(({ hash, begunDay, features }) => {
      const name = names.get(hash);
      const model = name && visible.get(name.model);
      if (!name || !model) return [];
      return [
        {
          model: name.model,
          entityRef: model.entityRef,
          title: model.title,
          version: name.version,
          begun: dateOf(begunDay),
          features: features.map(({ id }) => titleOf(id)),
        },
      ];
    });
    return { items };
  }

  async model(
    credentials: BackstageCredentials,
    query: { model: string; version?: string },
  ): Promise<ModelDrift> {
    const { access, store, settings } = this.#options;
    const { model, mayChange } = await access.demandVisible(
      query.model,
      credentials,
    );
    const keys = await store.versionsOf(query.model);
    const told = await Promise.all(
      keys.map(async key => ({
        key,
        version: await this.#version(key),
        check: await store.lastCheck(key.hash),
      })),
    );
    const newest = [...told].sort(
      (a, b) => (b.check?.day ?? 0) - (a.check?.day ?? 0),
    );
    const shown =
      query.version === undefined
        ? newest[0]
        : told.find(({ key }) => key.version === query.version);
    if (query.version !== undefined && !shown) {
      throw new NotFoundError(
        `No calls of version ${query.version} of ${query.model} are known.`,
      );
    }
    return {
      model: query.model,
      ...(model.entityRef !== '' && { entityRef: model.entityRef }),
      versions: told.map(({ version }) => version),
      ...(shown && { shown: shown.key.version }),
      ...(shown?.check && { features: await this.#features(shown.key) }),
      mayChange,
      falseAlarmsPerYear: settings.falseAlarmsPerYear,
    };
  }

  async history(
    credentials: BackstageCredentials,
    query: { model: string; version: string; days?: number },
  ): Promise<DriftHistory> {
    const { access, store, episodes, watch } = this.#options;
    await access.demandVisible(query.model, credentials);
    const { hash } = await this.#key(query.model, query.version);
    const lastDay = watch.lastDay();
    const days = Number(query.days ?? USUAL_HISTORY_DAYS);
    const [checks, past, references] = await Promise.all([
      store.checks(hash, { firstDay: lastDay - days + 1, lastDay }),
      episodes.of(hash, MOST_LISTED),
      store.references(hash, MOST_LISTED),
    ]);
    return {
      checks: checks.map(({ day, state, features }) => ({
        day: dateOf(day),
        state,
        features: features.map(({ id, state: found, psi, ks }) => ({
          id,
          title: titleOf(id),
          state: found,
          ...(psi !== undefined && { psi }),
          ...(ks !== undefined && { ks }),
        })),
      })),
      episodes: past.map(toEpisode),
      references: references.map(toReference),
    };
  }

  /** @throws NotAllowedError, or InputError for days that say too little */
  async setReference(
    credentials: BackstageCredentials,
    input: DriftReferenceInput,
    idempotencyKey?: string,
  ): Promise<DriftReference> {
    const { access, store, episodes, idempotency, clock, onChanged } =
      this.#options;
    const { mayChange, ref } = await access.demandVisible(
      input.model,
      credentials,
    );
    if (!mayChange) {
      throw new NotAllowedError(
        'The owners of a model say which of its calls are usual. Ask one of them.',
      );
    }
    const { hash } = await this.#key(input.model, input.version);
    const range = await this.#range(hash, input);
    const answer = await idempotency.run(
      {
        caller: ref,
        key: idempotencyKey,
        request: { command: 'drift.set-reference', ...input },
      },
      async tx => {
        const reference = {
          ...range,
          id: randomUUID(),
          hash,
          setAt: clock.now().toISOString(),
          setBy: ref,
          reason: input.reason.trim(),
        };
        await store.addReference(tx, reference);
        await episodes.endBy(tx, hash);
        return toReference(reference);
      },
    );
    onChanged();
    return answer;
  }

  async #range(
    hash: string,
    { from, to }: DriftReferenceInput,
  ): Promise<{ firstDay: number; lastDay: number }> {
    const { store, settings, watch } = this.#options;
    const last = watch.lastDay();
    const lastDay = to === undefined ? last : dayOf(to);
    const firstDay =
      from === undefined ? lastDay - settings.referenceDays + 1 : dayOf(from);
    if (!(lastDay <= last)) {
      throw new InputError(
        `The days have to be over: choose ${dateOf(
          last,
        )} or earlier as the last one.`,
      );
    }
    if (!(lastDay - firstDay + 1 >= NEEDS.referenceDays)) {
      throw new InputError(
        `A reference needs ${NEEDS.referenceDays} days or more, whole weeks at best. Choose an earlier first day.`,
      );
    }
    const days = await store.days(hash, firstDay, lastDay);
    const calls = callsOf(days);
    if (days.length < NEEDS.referenceDays || calls < NEEDS.referenceCalls) {
      throw new InputError(
        `In these days the version was called ${calls} times on ${days.length} days. A reference needs ${NEEDS.referenceCalls} calls on ${NEEDS.referenceDays} days; choose more days.`,
      );
    }
    return { firstDay, lastDay };
  }

  async #key(model: string, version: string): Promise<VersionKey> {
    const keys = await this.#options.store.versionsOf(model);
    const key = keys.find(it => it.version === version);
    if (!key) {
      throw new NotFoundError(
        `No calls of version ${version} of ${model} are known.`,
      );
    }
    return key;
  }

  async #version({ hash, version }: VersionKey): Promise<DriftVersion> {
    const { store, episodes } = this.#options;
    const [reference, check, [episode]] = await Promise.all([
      store.reference(hash),
      store.lastCheck(hash),
      episodes.of(hash, 1),
    ]);
    const isChecked =
      check !== undefined && check.referenceId === reference?.id;
    return {
      version,
      state: isChecked ? check.state : 'collecting',
      ...(check && { checked: dateOf(check.day) }),
      ...(reference
        ? { reference: toReference(reference) }
        : { collected: await this.#collected(hash) }),
      ...(episode && !episode.endedAt && { episode: toEpisode(episode) }),
    };
  }

  async #collected(hash: string) {
    const { store, settings, watch } = this.#options;
    const firstDay = await store.firstDay(hash);
    const days =
      firstDay === undefined
        ? []
        : await store.days(hash, firstDay, watch.lastDay());
    return {
      days: days.length,
      calls: callsOf(days),
      ofDays: settings.referenceDays,
      ofCalls: settings.referenceCalls,
    };
  }

  async #features({ hash }: VersionKey) {
    const { store } = this.#options;
    const [check, reference] = await Promise.all([
      store.lastCheck(hash),
      store.reference(hash),
    ]);
    if (!check || !reference) return [];
    const [before, now] = await Promise.all([
      store.days(hash, reference.firstDay, reference.lastDay),
      store.days(hash, check.day - WINDOW_DAYS + 1, check.day),
    ]);
    return check.features.map(it => toFinding(it, { before, now }));
  }
}
