import type { Entity } from '@backstage/catalog-model';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  isEvaluationPackEntity,
  type EvaluationEvidence,
  type FairnessEvidence,
  type PackStanding,
  type SafetyEvidence,
} from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { SubmissionStore } from '../evidence';
import type { GateService } from '../gates/GateService';
import { PACK_GATES } from '../gates/evaluationPack';
import type { ApprovalStore } from './ApprovalStore';
import type { EvidenceNews } from './EvidenceNews';
import type { Incumbents } from './Incumbents';
import { livingStates, type ApprovalRecord } from './records';

const BATCH = 100;

type PackEvidence = EvaluationEvidence | FairnessEvidence | SafetyEvidence;

interface Answer {
  approval: ApprovalRecord & { pin: string };
  gateId: string;
  packs: PackStanding[];
  at: Date;
}

/** A pack of which an answer knows an older version. */
interface NewVersion {
  packRef: string;
  version: string;
  text: string;
}

interface PackNewsOptions {
  store: Pick<ApprovalStore, 'batch' | 'lock' | 'lockModel'>;
  gates: Pick<
    GateService,
    'evidenceOf' | 'keptAnswers' | 'evidenceChanged' | 'wake'
  >;
  submissions: Pick<SubmissionStore, 'lastSubmittedTo'>;
  incumbents: Pick<Incumbents, 'of'>;
  news: Pick<EvidenceNews, 'changed' | 'notice'>;
  transactions: Transactions;
  clock: Clock;
  logger: LoggerService;
  /** Whatever the catalog has under these refs. */
  entities(refs: string[]): Promise<Map<string, Entity>>;
}

/**
 * Compares what checks of evaluations went by with what the catalog says now. A
 * pack with a new version has requests checked again, which then wait for a run
 * of it; what is approved stays so, and its people hear of it once. Where another
 * model serves the purpose, or the one that does has a new result, requests are
 * checked again, too. Answers that were given are never changed: another one
 * follows.
 */
export class PackNews {
  static create(options: PackNewsOptions): PackNews {
    return new PackNews(options);
  }

  readonly #options: PackNewsOptions;

  private constructor(options: PackNewsOptions) {
    this.#options = options;
  }

  /** One round over everything that is open or lives. */
  async run(): Promise<void> {
    const { store, gates } = this.#options;
    for (let after = ''; ; ) {
      const batch = await store.batch(
        ['checking', 'in-review', 'changes-requested', ...livingStates],
        after,
        BATCH,
      );
      const answers = await this.#answers(batch);
      const packs = await this.#packsOf(answers);
      for (const answer of answers) {
        await this.#try(`approval ${answer.approval.id}`, () =>
          this.#look(answer, newVersions(answer, packs)),
        );
      }
      if (batch.length < BATCH) break;
      after = batch[batch.length - 1].id;
    }
    await this.#forget();
    gates.wake();
  }

  async #try(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.logger.warn(
        `What ${what} goes by is looked at again next time`,
        error as Error,
      );
    }
  }

  #packsOf(answers: Array<{ packs: PackStanding[] }>) {
    const refs = answers.flatMap(({ packs }) =>
      packs.map(({ pack }) => pack.entityRef),
    );
    return this.#options.entities([...new Set(refs)]);
  }

  /** Answers that nobody waits for are given to nobody else, either. */
  async #forget(): Promise<void> {
    const { gates, store, transactions } = this.#options;
    const kept = (await gates.keptAnswers(PACK_GATES)).flatMap(answer => {
      const { packs } = answer.evidence as unknown as PackEvidence;
      return Array.isArray(packs) ? [{ ...answer, packs }] : [];
    });
    const packs = await this.#packsOf(kept);
    const old = kept.filter(answer => newVersions(answer, packs).length > 0);
    const byAnswer = new Map(
      old.map(({ entityRef, pin, gateId }) => [
        JSON.stringify([entityRef, pin, gateId]),
        { entityRef, pin, gateId },
      ]),
    );
    for (const about of byAnswer.values()) {
      await this.#try(about.entityRef, () =>
        transactions.run(async tx => {
          await store.lockModel(tx, about.entityRef);
          await gates.evidenceChanged(tx, about, []);
        }),
      );
    }
  }

  async #answers(batch: ApprovalRecord[]): Promise<Answer[]> {
    const asking = new Map(
      batch
        .filter(
          (it): it is Answer['approval'] =>
            it.pin !== undefined &&
            it.policyDecision?.gates.some(({ id }) =>
              PACK_GATES.includes(id),
            ) === true,
        )
        .map(approval => [approval.id, approval]),
    );
    if (asking.size === 0) return [];
    const found = await this.#options.gates.evidenceOf(
      [...asking.keys()],
      PACK_GATES,
    );
    return found.flatMap(({ approvalId, gateId, evidence, at }) => {
      const approval = asking.get(approvalId);
      const { packs } = evidence as unknown as PackEvidence;
      return approval && Array.isArray(packs)
        ? [{ approval, gateId, packs, at }]
        : [];
    });
  }

  async #look(answer: Answer, versions: NewVersion[]): Promise<void> {
    const { approval, gateId } = answer;
    if (livingStates.includes(approval.state)) {
      for (const version of versions) await this.#notice(answer, version);
      return;
    }
    const reason =
      versions.length > 0
        ? versions.map(({ text }) => text).join(' ')
        : (await this.#otherIncumbent(answer)) ??
          (await this.#incumbentNews(answer));
    if (reason === undefined) return;
    const { news, transactions } = this.#options;
    await transactions.run(tx =>
      news.changed(
        tx,
        {
          type: 'gate.facts-changed',
          entityRef: approval.entityRef,
          pin: approval.pin,
          gateId,
          reason,
          approvalIds: [approval.id],
        },
        undefined,
      ),
    );
  }

  /** Another one serves the purpose now than the model was compared with. */
  async #otherIncumbent({
    approval,
    gateId,
    packs,
  }: Answer): Promise<string | undefined> {
    const { regression, incumbent: named } =
      approval.policyDecision?.gates.find(({ id }) => id === gateId)?.params ??
      {};
    // Nothing is compared where no pack is left, or where nobody asks for it.
    if (!regression || packs.length === 0) return undefined;
    const now = await this.#options.incumbents.of(
      { ...approval, purpose: { id: approval.purpose } },
      typeof named === 'string' ? named : undefined,
    );
    const before = packs.find(({ incumbent }) => incumbent)?.incumbent;
    if (
      now?.entityRef === before?.entityRef &&
      now?.version === before?.version
    ) {
      return undefined;
    }
    return now
      ? `${now.entityRef} ${now.version} serves the purpose now, and the model is held against it.`
      : `${before?.entityRef} ${before?.version}, which the model was held against, no longer serves the purpose.`;
  }

  /** What was submitted for an incumbent since it was compared with. */
  async #incumbentNews({
    gateId,
    packs,
    at,
  }: Answer): Promise<string | undefined> {
    const incumbents = new Map(
      packs.flatMap(({ incumbent }) =>
        incumbent
          ? [[`${incumbent.entityRef}@${incumbent.version}`, incumbent]]
          : [],
      ),
    );
    for (const { entityRef, version } of incumbents.values()) {
      const last = await this.#options.submissions.lastSubmittedTo({
        entityRef,
        modelVersion: version,
        gateId,
      });
      if (last && last > at) {
        return `A result of ${entityRef} ${version} arrived, which the model is held against.`;
      }
    }
    return undefined;
  }

  /** Once for each approval and version. */
  async #notice(
    { approval, gateId }: Answer,
    { packRef, version, text }: NewVersion,
  ): Promise<void> {
    const { transactions, clock, news, store } = this.#options;
    const told = { approval_id: approval.id, pack_ref: packRef, version };
    if (await transactions.knex('pack_notices').where(told).first('at')) return;
    await transactions.run(async tx => {
      const now = await store.lock(tx, approval.id);
      if (!now || !livingStates.includes(now.state)) return;
      await tx('pack_notices').insert({ ...told, at: clock.now().getTime() });
      await news.notice(tx, now, {
        type: 'gate.evidence-outdated',
        gateId,
        text: `${text} The approval stays as it is; the next request needs a new run.`,
        scope: `pack:${packRef}:${version}`,
      });
    });
  }
}

function newVersions(
  { packs }: Pick<Answer, 'packs'>,
  entities: Map<string, Entity>,
): NewVersion[] {
  return packs.flatMap(({ pack: { entityRef, version, title } }) => {
    const entity = entities.get(entityRef);
    // What is not found now may be on its way; the gate says so when it is asked.
    if (!entity || !isEvaluationPackEntity(entity)) return [];
    const now = entity.spec.version;
    return now === version
      ? []
      : [
          {
            packRef: entityRef,
            version: now,
            text: `${title} is at ${now} now; this rests on ${version}.`,
          },
        ];
  });
}
