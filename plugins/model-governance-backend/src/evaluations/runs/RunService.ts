import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  modelEvaluationRunPermission,
  type PackRun,
  type PackRunInput,
  type PackRunPreview,
  type PackRunState,
} from '@modelhub/backstage-plugin-models-common';
import { EVALUATION_RESULT_TYPE } from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Guard, Principal } from '../../access';
import type { HubSubmissions } from '../../evidence';
import type { Foundation } from '../../foundation';
import type { Organisation } from '../../organisation';
import { packRef, type PackService } from '../packs/PackService';
import type { EvaluationsConfig } from '../readEvaluationsConfig';
import { modelRefOf } from '../results/ResultService';
import { commandsFor } from './commands';
import { estimateOf } from './estimate';
import { missingFor, pricesOf } from './PackExecution';
import { presentRun, runCursor } from './presentRun';
import { RunAdmission, type RunSubject } from './RunAdmission';
import { eventOf, type RunOutcome } from './RunOutcome';
import { runRights } from './runRights';
import { OPEN_STATES, type RunRecord, type RunStore } from './RunStore';

type Asked = { credentials: BackstageCredentials };
type Command = Asked & { idempotencyKey?: string };

export interface RunServiceOptions
  extends Pick<
    Foundation,
    'clock' | 'transactions' | 'ledger' | 'outbox' | 'idempotency'
  > {
  config: EvaluationsConfig;
  runs: RunStore;
  packs: PackService;
  outcome: Pick<RunOutcome, 'gatesFor'>;
  evidence: Pick<HubSubmissions, 'taking'>;
  catalog: CatalogService;
  guard: Guard;
  organisation: Organisation;
  portalUrl: string;
  /** Something is due, or nothing any more. */
  onChange(): void;
}

const signal = ({ entityRef }: RunRecord) => ({
  topic: 'signal' as const,
  payload: { type: 'evaluation.run', entityRef },
});

/** Runs in the hub: who may start them, and what becomes of them. */
export class RunService {
  static create(options: RunServiceOptions): RunService {
    return new RunService(options);
  }

  readonly #options: RunServiceOptions;
  readonly #admission: RunAdmission;

  private constructor(options: RunServiceOptions) {
    this.#options = options;
    this.#admission = RunAdmission.create(options);
  }

  async start(
    input: PackRunInput,
    { credentials, idempotencyKey }: Command,
  ): Promise<PackRun> {
    const {
      guard,
      config,
      runs,
      clock,
      idempotency,
      ledger,
      outbox,
      evidence,
    } = this.#options;
    const principal = await guard.demand(
      credentials,
      modelEvaluationRunPermission,
    );
    const gates = evidence.taking(input.gates ?? [], EVALUATION_RESULT_TYPE);
    const refused = (input.gates ?? []).filter(id => !gates.includes(id));
    if (refused.length > 0) {
      throw new InputError(
        `${refused
          .map(id => `'${id}'`)
          .join(
            ', ',
          )} takes no results of evaluations. Leave gates out: checks that ask for the pack get its result.`,
      );
    }
    const subject = await this.#admission.subject(input, credentials);
    const missing = missingFor(
      subject.content,
      {
        gatewayId: subject.model.spec.gatewayId,
        modelVersion: subject.modelVersion,
      },
      config,
    );
    if (missing) throw new ConflictError(missing);
    const team = await this.#admission.team(principal, subject.model);
    const run = await idempotency.run<RunRecord>(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'evaluation-run.start', input },
      },
      async tx => {
        const full = await this.#admission.overQuota(team, subject.content, tx);
        if (full) throw new ConflictError(full);
        const now = clock.now().getTime();
        const record: RunRecord = {
          id: randomUUID(),
          entityRef: subject.entityRef,
          modelVersion: subject.modelVersion,
          pin: subject.pin,
          pack: subject.pack,
          gates,
          state: 'queued',
          requestedBy: principal.ref,
          team,
          attempts: 0,
          createdAt: now,
          nextAttemptAt: now,
        };
        await runs.add(tx, record);
        await ledger.append(tx, [
          {
            ...eventOf(record, 'evaluation.run-started', { team }),
            actor: principal.actor,
          },
        ]);
        await outbox.add(tx, [signal(record)]);
        return record;
      },
    );
    outbox.wake();
    this.#options.onChange();
    return presentRun(run, { mayCancel: true, mayRetry: true });
  }

  async list(
    query: {
      entityRef?: string;
      pack?: string;
      mine?: boolean;
      state?: PackRunState[];
      cursor?: string;
      limit?: number;
    },
    { credentials }: Asked,
  ): Promise<{ items: PackRun[]; nextCursor?: string }> {
    const { guard, runs, catalog } = this.#options;
    const principal = guard.principal(credentials);
    const entityRef =
      query.entityRef === undefined ? undefined : modelRefOf(query.entityRef);
    const packOf = query.pack === undefined ? undefined : packRef(query.pack);
    const isMine =
      query.mine || (entityRef === undefined && packOf === undefined);
    const limit = query.limit ?? 50;
    const rows = await runs.list({
      entityRef,
      packRef: packOf,
      requestedBy: isMine ? principal.ref : undefined,
      states: query.state,
      after: runCursor.read(query.cursor),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const refs = [...new Set(page.map(run => run.entityRef))];
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: ['kind'] },
      { credentials },
    );
    const visible = new Set(refs.filter((_, place) => items[place]));
    const may = await runRights(this.#options, credentials);
    const seen = page.filter(run => visible.has(run.entityRef));
    return {
      items: await Promise.all(
        seen.map(async run => presentRun(run, await may(run))),
      ),
      ...(rows.length > limit && {
        nextCursor: runCursor.write(page[page.length - 1]),
      }),
    };
  }

  async get(id: string, { credentials }: Asked): Promise<PackRun> {
    const run = await this.#readable(id, credentials);
    return presentRun(
      run,
      await (
        await runRights(this.#options, credentials)
      )(run),
    );
  }

  /** Whoever started it, who owns the model and who manages evidence may. */
  async cancel(id: string, command: Command): Promise<PackRun> {
    return this.#change(id, command, 'cancel', async (tx, run, principal) => {
      const { runs, ledger } = this.#options;
      if (!(await runs.cancel(tx, id))) {
        throw new ConflictError('This run is over. Load the page again.');
      }
      await ledger.append(tx, [
        {
          ...eventOf(run, 'evaluation.run-cancelled'),
          actor: principal.actor,
        },
      ]);
    });
  }

  async retry(id: string, command: Command): Promise<PackRun> {
    await this.#options.guard.demand(
      command.credentials,
      modelEvaluationRunPermission,
    );
    return this.#change(id, command, 'retry', async (tx, run, principal) => {
      const { runs, ledger } = this.#options;
      const full = await this.#admission.overQuota(run.team, undefined, tx);
      if (full) throw new ConflictError(full);
      if (!(await runs.requeue(tx, id))) {
        throw new ConflictError(
          'Only a run that failed or was cancelled is taken up again. Load the page again.',
        );
      }
      await ledger.append(tx, [
        { ...eventOf(run, 'evaluation.run-retried'), actor: principal.actor },
      ]);
    });
  }

  async preview(
    query: Pick<PackRunInput, 'entityRef' | 'modelVersion' | 'pack'>,
    { credentials }: Asked,
  ): Promise<PackRunPreview> {
    const { config, guard, packs, outcome, runs } = this.#options;
    const packRefOf = packRef(query.pack);
    await packs.entity(packRefOf, credentials);
    const about = {
      entityRef: modelRefOf(query.entityRef),
      modelVersion: query.modelVersion,
    };
    const model = await this.#admission.model(about.entityRef, credentials);
    const commands = commandsFor({
      packRef: packRefOf,
      portalUrl: this.#options.portalUrl,
      gatewayId: model.spec.gatewayId,
      modelVersion: query.modelVersion,
    });
    const refused = (
      code: NonNullable<PackRunPreview['refusal']>['code'],
      message: string,
    ): PackRunPreview => ({
      may: false,
      refusal: { code, message },
      ...commands,
      gates: [],
      running: [],
    });
    let subject: RunSubject;
    try {
      subject = await this.#admission.subject(query, credentials);
    } catch (error) {
      if (error instanceof ConflictError) return refused('pack', error.message);
      if (error instanceof InputError) return refused('version', error.message);
      throw error;
    }
    const may = await runRights(this.#options, credentials);
    const open = await runs.list({
      entityRef: subject.entityRef,
      packRef: packRefOf,
      states: OPEN_STATES,
      limit: 50,
    });
    const told: PackRunPreview = {
      may: true,
      ...commands,
      ...estimateOf(subject.content, pricesOf(model)),
      gates: await outcome.gatesFor(
        { ...subject, gates: [] },
        subject.content.type,
      ),
      running: await Promise.all(
        open
          .filter(({ pin }) => pin === subject.pin)
          .map(async run => presentRun(run, await may(run))),
      ),
    };
    const not = (
      code: NonNullable<PackRunPreview['refusal']>['code'],
      message: string,
    ): PackRunPreview => ({ ...told, may: false, refusal: { code, message } });
    const missing = missingFor(
      subject.content,
      {
        gatewayId: model.spec.gatewayId,
        modelVersion: query.modelVersion,
      },
      config,
    );
    if (missing) return not('not-configured', missing);
    if (!(await guard.may(credentials, modelEvaluationRunPermission))) {
      return not(
        'not-allowed',
        `This needs permission ${modelEvaluationRunPermission.name}. Ask the team that runs the model hub.`,
      );
    }
    const team = await this.#admission.team(
      guard.principal(credentials),
      model,
    );
    const full = await this.#admission.overQuota(team, subject.content);
    if (full) return not('quota', full);
    if (told.running.length > 0) {
      return not('running', 'This pack is being run on this version now.');
    }
    return told;
  }

  async #change(
    id: string,
    { credentials, idempotencyKey }: Command,
    command: 'cancel' | 'retry',
    work: (
      tx: Knex.Transaction,
      run: RunRecord,
      principal: Principal,
    ) => Promise<void>,
  ): Promise<PackRun> {
    const { guard, runs, idempotency, outbox } = this.#options;
    const principal = guard.principal(credentials);
    const run = await this.#readable(id, credentials);
    const rights = await (await runRights(this.#options, credentials))(run);
    if (!rights.mayCancel) {
      throw new NotAllowedError(
        `Whoever started a run, who owns the model and who manages evidence may ${command} it. Ask ${run.requestedBy}.`,
      );
    }
    const changed = await idempotency.run<RunRecord>(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: `evaluation-run.${command}`, id },
      },
      async tx => {
        await work(tx, run, principal);
        await outbox.add(tx, [signal(run)]);
        return (await runs.get(id, tx))!;
      },
    );
    outbox.wake();
    this.#options.onChange();
    return presentRun(changed, rights);
  }

  async #readable(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<RunRecord> {
    const run = await this.#options.runs.get(id);
    const entity =
      run &&
      (await this.#options.catalog.getEntityByRef(run.entityRef, {
        credentials,
      }));
    if (!run || !entity) {
      throw new NotFoundError(
        `There is no run ${id}, or you may not see the model that it is about.`,
      );
    }
    return run;
  }
}
