import { stringifyError } from '@backstage/errors';
import type { Finding } from '@modelhub/backstage-plugin-models-common';
import type {
  GateSubject,
  GateVerdict,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import type { JsonObject } from '@backstage/types';
import type { GateDemand } from '../policies/PolicyService';
import { createContext, type GateSources } from './createContext';
import { questionOf } from './GateRegistry';
import type { GateRunnerOptions } from './GateRunner';
import type { RunRow } from './rows';

/** All gates together have this long to say what they would say. */
const TIME_MS = 2000;

/** What a gate would say about a request that nobody made yet. */
export interface ForeseenGate {
  gateId: string;
  applies: boolean;
  /** Undefined where it has to run first. */
  answer?: {
    /** The same question was asked before, or the facts were looked at now. */
    source: 'known' | 'foreseen';
    verdict: GateVerdict;
    summary: string;
    findings: Finding[];
    at?: Date;
    evidenceId?: string;
  };
}

type ForesightOptions = GateSources &
  Pick<GateRunnerOptions, 'transactions' | 'registry'>;

/** Looks ahead: answers that are there, and facts that can be looked at at once. */
export class Foresight {
  static create(options: ForesightOptions): Foresight {
    return new Foresight(options);
  }

  readonly #options: ForesightOptions;

  private constructor(options: ForesightOptions) {
    this.#options = options;
  }

  async foresee(
    subject: GateSubject,
    demands: GateDemand[],
  ): Promise<ForeseenGate[]> {
    const signal = AbortSignal.timeout(TIME_MS);
    return Promise.all(
      demands.map(async ({ id, params }) => {
        const gate = this.#options.registry.get(id);
        if (!gate) return { gateId: id, applies: true };
        if (!gate.appliesTo(subject, params)) {
          return { gateId: id, applies: false };
        }
        const answer =
          (await this.#known(gate, subject, params)) ??
          (gate.factsOnly
            ? await this.#look(gate, subject, params, signal)
            : undefined);
        return { gateId: id, applies: true, answer };
      }),
    );
  }

  /** The answer that a request would be given without the gate running again. */
  async #known(
    gate: ModelGate,
    subject: GateSubject,
    params: JsonObject,
  ): Promise<ForeseenGate['answer']> {
    const { transactions, clock } = this.#options;
    const run: (RunRow & { findings: string | null }) | undefined =
      await transactions
        .knex('gate_runs')
        .leftJoin('gate_evidence', 'gate_evidence.id', 'gate_runs.evidence_id')
        .where({
          open_question: questionOf(gate, subject, params),
          status: 'done',
        })
        .first('gate_runs.*', 'gate_evidence.findings');
    if (!run?.verdict || run.verdict === 'error') return undefined;
    const at = Number(run.finished_at);
    const tooOld =
      gate.maxAgeSeconds !== undefined &&
      clock.now().getTime() - at > gate.maxAgeSeconds * 1000;
    if (tooOld) return undefined;
    return {
      source: 'known',
      verdict: run.verdict,
      summary: run.summary ?? '',
      findings: run.findings ? JSON.parse(run.findings) : [],
      at: new Date(at),
      evidenceId: run.evidence_id ?? undefined,
    };
  }

  async #look(
    gate: ModelGate,
    subject: GateSubject,
    params: JsonObject,
    signal: AbortSignal,
  ): Promise<ForeseenGate['answer']> {
    const { logger } = this.#options;
    try {
      const late = new Promise<never>((_, reject) => {
        const stop = () => reject(signal.reason);
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true });
      });
      const { verdict, summary, findings } = await Promise.race([
        gate.evaluate(
          subject,
          params,
          createContext(this.#options, {
            gateId: gate.id,
            subject,
            signal,
            progress: () => {},
          }),
        ),
        late,
      ]);
      return verdict === 'error'
        ? undefined
        : { source: 'foreseen', verdict, summary, findings };
    } catch (error) {
      logger.debug(
        `Gate ${gate.id} could not look ahead: ${stringifyError(error)}`,
      );
      return undefined;
    }
  }
}
