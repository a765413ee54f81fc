import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type {
  Objective,
  ObjectiveChangeInput,
  ObjectiveInput,
  ObjectivePlane,
  ObjectiveState,
} from '@modelhub/backstage-plugin-models-common';
import {
  type Clock,
  type IdempotencyKeys,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { pageOf, pageWithCursor } from '../database';
import type { EpisodeStore } from './EpisodeStore';
import type {
  KnownModel,
  ObjectiveAccess,
  ObjectiveCaller,
} from './ObjectiveAccess';
import type { ObjectivePresenter } from './ObjectivePresenter';
import { aimOf, changedSince, missing, taken, termsOf } from './objectiveInput';
import type { ObjectivesWatch } from './ObjectivesWatch';
import type { ObjectiveStore } from './ObjectiveStore';
import type { Aim, ObjectiveRecord } from './types';

/** An objective, and the model it is about as the caller sees it. */
interface Seen {
  record: ObjectiveRecord;
  model: KnownModel | undefined;
}

/** Objectives for people: who sees them, who sets them. */
export class ObjectiveService {
  static create(options: {
    knex: Knex;
    clock: Clock;
    store: ObjectiveStore;
    episodes: EpisodeStore;
    access: ObjectiveAccess;
    watch: ObjectivesWatch;
    presenter: ObjectivePresenter;
    idempotency: IdempotencyKeys;
    onChanged: () => void;
  }): ObjectiveService {
    return new ObjectiveService(options);
  }

  readonly #options: Parameters<typeof ObjectiveService.create>[0];

  private constructor(options: Parameters<typeof ObjectiveService.create>[0]) {
    this.#options = options;
  }

  async list(
    credentials: BackstageCredentials,
    query: {
      plane?: ObjectivePlane;
      model?: string;
      state?: ObjectiveState;
      cursor?: string;
      limit?: number;
    },
  ) {
    const { store, access } = this.#options;
    const caller = await access.callerOf(credentials);
    const page = pageOf({ limit: 50, ...query });
    const wanted =
      query.model === undefined ? await store.models() : [query.model];
    const models = await access.visible(wanted, caller);
    const isAll = caller.seesAll && query.model === undefined;
    const records = await store.list({
      plane: query.model === undefined ? query.plane : 'data',
      state: query.state,
      ...(!isAll && { models: caller.seesAll ? wanted : [...models.keys()] }),
      offset: page.offset,
      limit: page.limit + 1,
    });
    const { items, nextCursor } = pageWithCursor(records, page);
    const seen = items.map(record => ({
      record,
      model: models.get(record.model),
    }));
    return {
      items: await this.#present(seen, caller),
      nextCursor,
      maySetControlPlane: caller.manages,
    };
  }

  /** @throws NotFoundError also for one that the caller may not see */
  async get(credentials: BackstageCredentials, id: string): Promise<Objective> {
    const caller = await this.#options.access.callerOf(credentials);
    const seen = await this.#seen(id, caller);
    return (await this.#present([seen], caller))[0];
  }

  async set(
    credentials: BackstageCredentials,
    input: ObjectiveInput,
    idempotencyKey?: string,
  ): Promise<Objective> {
    const { access, store, clock, idempotency } = this.#options;
    const caller = await access.callerOf(credentials);
    const aim = aimOf(input);
    const terms = termsOf(aim.kind, input);
    const model = await this.#demandModel(aim, caller);
    await this.#demandChange(caller, aim);
    const { id } = await idempotency.run(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'objective.set', input },
      },
      async tx => {
        const record: ObjectiveRecord = {
          ...aim,
          ...terms,
          id: randomUUID(),
          version: 1,
          updatedBy: caller.ref,
          updatedAt: clock.now().toISOString(),
          state: 'no-events',
        };
        const change = { by: caller.ref, reason: input.reason };
        if (!(await store.insert(tx, record, change))) throw taken();
        return { id: record.id };
      },
    );
    const record = await this.#looked(id);
    return (await this.#present([{ record, model }], caller))[0];
  }

  async change(
    credentials: BackstageCredentials,
    id: string,
    input: ObjectiveChangeInput,
    idempotencyKey?: string,
  ): Promise<Objective> {
    const { access, store, clock, idempotency, episodes } = this.#options;
    const caller = await access.callerOf(credentials);
    const seen = await this.#seen(id, caller);
    const terms = termsOf(seen.record.kind, input);
    await this.#demandChange(caller, seen.record);
    await idempotency.run(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'objective.change', id, input },
      },
      async tx => {
        const before = await this.#atVersion(tx, id, input.version);
        const { defaultOf, ...own } = before;
        const after: ObjectiveRecord = {
          ...own,
          ...terms,
          version: before.version + 1,
          updatedBy: caller.ref,
          updatedAt: clock.now().toISOString(),
        };
        if (await store.isTaken(tx, after)) throw taken();
        if (!(await store.update(tx, before, after, input.reason))) {
          throw changedSince();
        }
        // What burnt by the old terms may not by the new ones.
        await episodes.endAll(tx, id, after.updatedAt);
        return {};
      },
    );
    const record = await this.#looked(id);
    return (await this.#present([{ ...seen, record }], caller))[0];
  }

  async remove(
    credentials: BackstageCredentials,
    id: string,
    query: { version: number; reason?: string },
    idempotencyKey?: string,
  ): Promise<void> {
    const { access, store, clock, idempotency, episodes, onChanged } =
      this.#options;
    const caller = await access.callerOf(credentials);
    // One that is gone already may be a replay.
    const aim = await store.aimOf(id);
    if (!aim) throw missing(id);
    await this.#demandModel(aim, caller, missing(id));
    await this.#demandChange(caller, aim);
    await idempotency.run(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'objective.remove', id, query },
      },
      async tx => {
        const before = await this.#atVersion(tx, id, Number(query.version));
        const at = clock.now().toISOString();
        const change = { at, by: caller.ref, reason: query.reason };
        if (!(await store.remove(tx, before, change))) throw changedSince();
        await episodes.endAll(tx, id, at);
        return {};
      },
    );
    onChanged();
  }

  async preview(credentials: BackstageCredentials, input: ObjectiveInput) {
    const caller = await this.#options.access.callerOf(credentials);
    const aim = aimOf(input);
    const terms = termsOf(aim.kind, input);
    await this.#demandModel(aim, caller);
    return this.#options.presenter.preview({ ...aim, ...terms });
  }

  async performance(credentials: BackstageCredentials, id: string) {
    const caller = await this.#options.access.callerOf(credentials);
    const { record } = await this.#seen(id, caller);
    return this.#options.presenter.performance(record);
  }

  async changes(
    credentials: BackstageCredentials,
    id: string,
    query: { cursor?: string; limit?: number },
  ) {
    const { access, store, presenter } = this.#options;
    await this.#seen(id, await access.callerOf(credentials));
    const page = pageOf(query);
    const rows = await store.changes(id, { ...page, limit: page.limit + 1 });
    const { items, nextCursor } = pageWithCursor(rows, page);
    return { items: items.map(it => presenter.change(it)), nextCursor };
  }

  async alerts(
    credentials: BackstageCredentials,
    id: string,
    query: { cursor?: string; limit?: number },
  ) {
    const { access, episodes, presenter } = this.#options;
    await this.#seen(id, await access.callerOf(credentials));
    const page = pageOf(query);
    const rows = await episodes.list(id, { ...page, limit: page.limit + 1 });
    const { items, nextCursor } = pageWithCursor(rows, page);
    return { items: items.map(it => presenter.alert(it)), nextCursor };
  }

  /** @throws NotFoundError also for one that the caller may not see */
  async #seen(id: string, caller: ObjectiveCaller): Promise<Seen> {
    const record = await this.#options.store.get(id);
    if (!record) throw missing(id);
    const model = await this.#demandModel(record, caller, missing(id));
    return { record, model };
  }

  async #demandModel(
    aim: Aim,
    caller: ObjectiveCaller,
    otherwise: Error = new NotFoundError(
      `There is no model with the gateway id ${aim.model} in the catalog, or you may not see it.`,
    ),
  ): Promise<KnownModel | undefined> {
    if (aim.plane === 'control') return undefined;
    const models = await this.#options.access.visible([aim.model], caller);
    const model = models.get(aim.model);
    if (!model && !caller.seesAll) throw otherwise;
    return model;
  }

  /** Who owns a model is asked anew, whatever the caller may see. */
  async #demandChange(caller: ObjectiveCaller, aim: Aim): Promise<void> {
    const { access } = this.#options;
    if (caller.manages) return;
    const known =
      aim.plane === 'data' ? await access.known([aim.model]) : new Map();
    if (!access.mayChange(caller, aim, known.get(aim.model))) {
      throw new NotAllowedError(
        aim.plane === 'data'
          ? 'Only owners of the model and people with permission model.slo.manage change its objectives. Ask the owners.'
          : 'Objectives of the control plane need permission model.slo.manage. Ask the team that runs the model hub.',
      );
    }
  }

  async #atVersion(
    tx: Knex.Transaction,
    id: string,
    version: number,
  ): Promise<ObjectiveRecord> {
    const before = await this.#options.store.get(id, tx);
    if (!before) throw missing(id);
    if (before.version !== version) throw changedSince();
    return before;
  }

  /** Looked at at once, so that nobody waits for the next look. */
  async #looked(id: string): Promise<ObjectiveRecord> {
    const { store, watch, onChanged } = this.#options;
    const record = await store.get(id);
    if (!record) throw missing(id);
    await watch.assess([record]);
    onChanged();
    return record;
  }

  async #present(seen: Seen[], caller: ObjectiveCaller): Promise<Objective[]> {
    const { access, presenter } = this.#options;
    const known = caller.manages
      ? new Map<string, KnownModel>()
      : await access.known(
          seen.flatMap(({ record, model }) => (model ? [record.model] : [])),
        );
    return presenter.present(
      seen.map(({ record, model }) => ({
        record,
        model,
        mayChange: access.mayChange(caller, record, known.get(record.model)),
      })),
    );
  }
}
