import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  modelEvaluationRunPermission,
  modelEvidenceManagePermission,
  type ModelEntityV1alpha1,
  type PackRun,
  type PackRunInput,
  type PackRunPreview,
  type PackRunState,
} from '@modelhub/backstage-plugin-models-common';
import type { EvaluationPack } from '@modelhub/evals';
import { EVALUATION_RESULT_TYPE } from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Guard, Principal } from '../../access';
import { pinFor } from '../../approvals/subject';
import type { HubSubmissions } from '../../evidence';
import { ownerOf } from '../../evidence/presentSubmission';
import type { Foundation } from '../../foundation';
import type { Organisation } from '../../organisation';
import { packRef, type PackService } from '../packs/PackService';
import type { EvaluationsConfig } from '../readEvaluationsConfig';
import { modelRefOf } from '../results/ResultService';
import { commandsFor } from './commands';
import { estimateOf } from './estimate';
import { missingFor, pricesOf } from './PackExecution';
import { presentRun, runCursor } from './presentRun';
import { eventOf, type RunOutcome } from './RunOutcome';
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

const DAY_MS = 24 * 3600_000;

/** What a run is about, looked up. */
interface Subject {
  model: ModelEntityV1alpha1;
  entityRef: string;
  modelVersion: string;
  pin: string;
  pack: RunRecord['pack'];
  content: EvaluationPack;
}

/** Runs in the hub: who may start them, and what becomes of them. */
export class RunService {
  static create(options: RunServiceOptions): RunService {
    return new RunService(options);
  }

  readonly #options: RunServiceOptions;

  private constructor(options: RunServiceOptions) {
    this.#options = options;
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
    const subject = await this.#subject(input, credentials);
    const missing = missingFor(
      subject.content,
      {
        gatewayId: subject.model.spec.gatewayId,
        modelVersion: subject.modelVersion,
      },
      config,
    );
    if (missing) throw new ConflictError(missing);
    const team = await this.#team(principal, subject.model);
    const run = await idempotency.run<RunRecord>(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'evaluation-run.start', input },
      },
      async tx => {
        const full = await this.#overQuota(team, subject.content, tx);
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
    const may = await this.#rights(credentials);
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
    return presentRun(run, await (await this.#rights(credentials))(run));
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
      const full = await this.#overQuota(run.team, undefined, tx);
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
    const entity = await packs.entity(packRefOf, credentials);
    const about = {
      entityRef: modelRefOf(query.entityRef),
      modelVersion: query.modelVersion,
    };
    const model = await this.#model(about.entityRef, credentials);
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
    let subject: Subject;
    try {
      subject = await this.#subject(query, credentials);
    } catch (error) {
      if (error instanceof ConflictError) return refused('pack', error.message);
      if (error instanceof InputError) return refused('version', error.message);
      throw error;
    }
    const may = await this.#rights(credentials);
    const open = await runs.list({
      entityRef: subject.entityRef,
      packRef: entity && packRefOf,
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
    const team = await this.#team(guard.principal(credentials), model);
    const full = await this.#overQuota(team, subject.content);
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
    const rights = await (await this.#rights(credentials))(run);
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

  /** What the caller may do with a run. */
  async #rights(
    credentials: BackstageCredentials,
  ): Promise<
    (run: RunRecord) => Promise<{ mayCancel: boolean; mayRetry: boolean }>
  > {
    const { guard, organisation } = this.#options;
    const principal = guard.principal(credentials);
    const [managesAll, mayRun] = await Promise.all([
      guard.may(credentials, modelEvidenceManagePermission),
      guard.may(credentials, modelEvaluationRunPermission),
    ]);
    const mine =
      principal.kind === 'user'
        ? [principal.ref, ...(await organisation.groupsOf(principal.ref))]
        : [principal.ref];
    return async run => {
      const isMine =
        managesAll ||
        run.requestedBy === principal.ref ||
        mine.includes(
          ownerOf((await organisation.model(run.entityRef))?.spec.owner ?? '-'),
        );
      return { mayCancel: isMine, mayRetry: isMine && mayRun };
    };
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

  async #model(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ModelEntityV1alpha1> {
    const model = await this.#options.catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!model || !isModelEntity(model)) {
      throw new NotFoundError(
        `There is no model ${entityRef} in the catalog, or you may not see it.`,
      );
    }
    return model;
  }

  async #subject(
    input: Pick<PackRunInput, 'entityRef' | 'modelVersion' | 'pack'>,
    credentials: BackstageCredentials,
  ): Promise<Subject> {
    const entityRef = modelRefOf(input.entityRef);
    const model = await this.#model(entityRef, credentials);
    const { modelVersion } = input;
    const versions = model.spec.versions ?? [];
    const pin = pinFor(
      versions.find(({ name }) => name === modelVersion),
      'sandbox',
    );
    if (!pin) {
      throw new InputError(
        `${entityRef} has no version '${modelVersion}'. It has: ${
          versions.map(({ name }) => name).join(', ') ||
          'none; add spec.versions'
        }.`,
      );
    }
    const ref = packRef(input.pack);
    const { pack } = await this.#options.packs.runnable(ref, { credentials });
    return {
      model,
      entityRef,
      modelVersion,
      pin,
      content: pack,
      pack: {
        entityRef: ref,
        name: pack.name,
        title: pack.title ?? pack.name,
        version: pack.version,
        digest: pack.digest,
      },
    };
  }

  /** Whose quota it counts against: the model's owners where the caller is one of them, else the first of the caller's groups. */
  async #team(
    principal: Principal,
    model: ModelEntityV1alpha1,
  ): Promise<string> {
    if (principal.kind !== 'user') return principal.ref;
    const groups = await this.#options.organisation.groupsOf(principal.ref);
    const owner = ownerOf(model.spec.owner);
    if (groups.includes(owner)) return owner;
    return [...groups].sort()[0] ?? principal.ref;
  }

  /** Why a team may not start another run now; nothing when it may. */
  async #overQuota(
    team: string,
    pack: EvaluationPack | undefined,
    tx?: Knex.Transaction,
  ): Promise<string | undefined> {
    const { runs, clock, config } = this.#options;
    const { runsPerDay, runsAtOnce, casesPerRun } = config.quota;
    if (pack && pack.cases.length > casesPerRun) {
      return `${pack.name} has ${pack.cases.length} cases, and a run here may have ${casesPerRun}. Run it with the command line.`;
    }
    const { open, started } = await runs.usage(
      team,
      clock.now().getTime() - DAY_MS,
      tx,
    );
    if (open >= runsAtOnce) {
      return `${team} has ${open} runs that are not over, and may have ${runsAtOnce}. Wait for one of them, or cancel it.`;
    }
    if (started >= runsPerDay) {
      return `${team} started ${started} runs within a day, and may start ${runsPerDay}. Try again tomorrow, or run it with the command line.`;
    }
    return undefined;
  }
}

const signal = ({ entityRef }: RunRecord) => ({
  topic: 'signal' as const,
  payload: { type: 'evaluation.run', entityRef },
});
