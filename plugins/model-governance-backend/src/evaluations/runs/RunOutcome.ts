import { InputError } from '@backstage/errors';
import {
  EVALUATION_RESULT_TYPE,
  type EvaluationResult,
  type EvaluationType,
} from '@modelhub/governance-protocol';
import type { JsonObject } from '@backstage/types';
import { LeaseLost } from '@modelhub/backstage-plugin-models-node';
import { randomUUID } from 'node:crypto';
import type { ApprovalStore } from '../../approvals/ApprovalStore';
import { HUB_REF, type HubSubmissions } from '../../evidence';
import type { Foundation } from '../../foundation';
import type { LedgerDraft } from '../../ledger';
import {
  documentDigest,
  type ResultDocument,
  type ResultStore,
} from '../results/ResultStore';
import type { ExecutedRun, PackExecution } from './PackExecution';
import type { RunRecord, RunStore } from './RunStore';

export interface RunOutcomeOptions
  extends Pick<Foundation, 'clock' | 'transactions' | 'ledger' | 'outbox'> {
  runs: RunStore;
  results: ResultStore;
  evidence: HubSubmissions;
  approvals: Pick<ApprovalStore, 'ofModels'>;
  execution: Pick<PackExecution, 'demandPin'>;
}

/** The check that is about results of a type. */
const OWN_GATE: Partial<Record<EvaluationType, string>> = {
  quality: 'evaluation',
  agentic: 'evaluation',
  fairness: 'fairness',
  safety: 'safety',
};

/** Whether a check's parameters name the pack, by ref or by name. */
function names(
  params: JsonObject | undefined,
  { entityRef, name }: RunRecord['pack'],
): boolean {
  const packs = params?.packs;
  const ref = entityRef.slice('evaluationpack:'.length);
  return (
    Array.isArray(packs) &&
    packs.some(
      one => typeof one === 'string' && [entityRef, ref, name].includes(one),
    )
  );
}

/** Which cases failed, and not what they say: that is read here, by those who may. */
const withoutContent = ({ failures, ...result }: EvaluationResult) => ({
  ...result,
  ...(failures && {
    failures: failures.map(({ caseId, metric, category }) => ({
      caseId,
      metric,
      reason: 'What it says is kept in the hub.',
      ...(category !== undefined && { category }),
    })),
  }),
});

/** What becomes of a run: evidence of the hub, or a reason. */
export class RunOutcome {
  static create(options: RunOutcomeOptions): RunOutcome {
    return new RunOutcome(options);
  }

  readonly #options: RunOutcomeOptions;

  private constructor(options: RunOutcomeOptions) {
    this.#options = options;
  }

  /** Checks that get the result of a pack. */
  async gatesFor(
    run: Pick<RunRecord, 'entityRef' | 'pin' | 'pack' | 'gates'>,
    type: EvaluationType,
  ): Promise<string[]> {
    const { approvals, evidence } = this.#options;
    const open = await approvals.ofModels(
      [run.entityRef],
      ['draft', 'checking', 'in-review', 'changes-requested'],
    );
    const asked = open
      .filter(({ pin }) => pin === run.pin)
      .flatMap(({ policyDecision }) => policyDecision?.gates ?? [])
      .filter(({ params }) => names(params, run.pack))
      .map(({ id }) => id);
    const own = OWN_GATE[type];
    return evidence
      .taking(
        [...run.gates, ...asked, ...(own ? [own] : [])],
        EVALUATION_RESULT_TYPE,
      )
      .sort();
  }

  /** Throws `LeaseLost`; `InputError` where it cannot be kept. */
  async finished(run: RunRecord, executed: ExecutedRun): Promise<void> {
    const { transactions, runs, execution, outbox } = this.#options;
    await execution.demandPin(run);
    const result = this.#fitting(executed.result);
    const gates = await this.gatesFor(run, executed.pack.type);
    await transactions.run(async tx => {
      await runs.renew(run, tx);
      const resultId = await this.#file(tx, run, result, gates);
      await runs.end(tx, run, {
        state: 'finished',
        resultId,
        progress: {
          done: result.cases.ids.length,
          failed: result.cases.outcomes.filter(it => it === 'failed').length,
          total: result.cases.ids.length,
        },
      });
      // Nobody takes it up again.
      await tx('evaluation_run_records').where({ run_id: run.id }).delete();
      await this.#tell(tx, run, {
        title: `${run.pack.title} was run on ${run.entityRef} ${run.modelVersion}`,
        severity: 'normal',
      });
    });
    outbox.wake();
  }

  /** Nothing where the run is not this replica's any more. */
  async failed(run: RunRecord, problem: string): Promise<void> {
    const { transactions, runs, ledger, outbox } = this.#options;
    try {
      await transactions.run(async tx => {
        await runs.end(tx, run, { state: 'failed', problem });
        await ledger.append(tx, [
          {
            ...eventOf(run, 'evaluation.run-failed'),
            actor: { kind: 'service', name: 'model-governance' },
            text: problem,
          },
        ]);
        await this.#tell(tx, run, {
          title: `${run.pack.title} could not be run on ${run.entityRef} ${run.modelVersion}`,
          description: problem,
          severity: 'high',
        });
      });
      outbox.wake();
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    }
  }

  async #file(
    tx: Parameters<HubSubmissions['submit']>[0],
    run: RunRecord,
    result: EvaluationResult,
    gates: string[],
  ): Promise<string> {
    const { evidence, results, ledger, clock } = this.#options;
    const id = randomUUID();
    const own = {
      source: 'hub' as const,
      runId: run.id,
      startedBy: run.requestedBy,
    };
    const about = {
      entityRef: run.entityRef,
      modelVersion: run.modelVersion,
      pin: run.pin,
      predicateType: EVALUATION_RESULT_TYPE,
    };
    const receipts = await evidence.submit(tx, {
      ...about,
      // Bundles show evidence to all who may read an approval.
      predicate: { ...withoutContent(result) },
      gates,
      name: `${run.pack.title} ${run.pack.version}`,
      run: { ...own, resultId: id },
    });
    const [event] = await ledger.append(tx, [
      {
        ...eventOf(run, 'evaluation.run-finished', {
          inputDigest: result.inputDigest,
          resultDigest: documentDigest(result),
          gates,
          evidence: receipts.map(({ digest }) => digest),
        }),
        actor: { kind: 'service', name: 'model-governance' },
      },
    ]);
    return results.file(tx, {
      id,
      ...about,
      ...own,
      document: result as ResultDocument,
      submittedBy: HUB_REF,
      submittedAt: clock.now().toISOString(),
      seq: event.seq,
    });
  }

  /** As JSON has it: without fields that are undefined. */
  #fitting(result: EvaluationResult): EvaluationResult {
    const whole: EvaluationResult = JSON.parse(JSON.stringify(result));
    if (!this.#options.evidence.fits({ ...withoutContent(whole) })) {
      throw new InputError(
        `The result of ${whole.cases.ids.length} cases is larger than what is taken as evidence. Split the pack.`,
      );
    }
    return whole;
  }

  async #tell(
    tx: Parameters<HubSubmissions['submit']>[0],
    run: RunRecord,
    news: {
      title: string;
      description?: string;
      severity: 'normal' | 'high';
    },
  ): Promise<void> {
    const [namespace, name] = run.entityRef.slice('model:'.length).split('/');
    await this.#options.outbox.add(tx, [
      {
        topic: 'signal',
        payload: { type: 'evaluation.run', entityRef: run.entityRef },
      },
      ...(run.requestedBy.startsWith('user:')
        ? [
            {
              topic: 'notification' as const,
              payload: {
                recipients: [run.requestedBy],
                ...news,
                link: `/catalog/${namespace}/model/${name}/evaluations`,
                scope: `model-governance:evaluation-run:${run.id}`,
              },
            },
          ]
        : []),
    ]);
  }
}

/** Without who did it. */
export function eventOf(
  run: RunRecord,
  type: string,
  payload: JsonObject = {},
): Omit<LedgerDraft, 'actor'> {
  const { requestedBy, pack, modelVersion, pin } = run;
  const isPerson = requestedBy.startsWith('user:');
  return {
    subject: `evaluation-run:${run.id}`,
    type,
    payload: {
      modelVersion,
      pin,
      pack: pack.entityRef,
      packVersion: pack.version,
      packDigest: pack.digest,
      ...payload,
      ...(!isPerson && { startedBy: requestedBy }),
    },
    ...(isPerson && { people: { startedBy: requestedBy } }),
    entityRef: run.entityRef,
  };
}
