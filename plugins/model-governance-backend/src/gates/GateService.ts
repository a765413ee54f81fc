import type { JsonObject } from '@backstage/types';
import type {
  GateGuidance,
  GateSubject,
} from '@modelhub/backstage-plugin-models-node';
import type { GateResult } from '@modelhub/backstage-plugin-models-common';
import type { BundledGate } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { GateDemand } from '../policies/PolicyService';
import type { EvidenceFile, KeptAnswer } from './EvidenceStore';
import type { ForeseenGate } from './Foresight';

export type GatesConclusion =
  | { status: 'running' }
  | {
      status: 'passed';
      /** ISO 8601: when the first waiver ends without which it would not have passed. */
      until?: string;
    }
  | { status: 'failed'; gateIds: string[] }
  | {
      status: 'blocked';
      gateId: string;
      kind: 'error' | 'needs-evidence';
      message: string;
    };

/** Called by the runner after each change; gives the command to the state machine. */
export type GatesListener = (
  approvalId: string,
  conclusion: GatesConclusion,
) => Promise<void>;

export interface GateService {
  /** Known gate ids and titles, for policies and people. */
  list(): Array<{
    id: string;
    title: string;
    description?: string;
    version: string;
    guidance?: GateGuidance;
    /** Whether something may be submitted to it. */
    takesEvidence: boolean;
  }>;
  /** Queue the gates of an approval in the caller's transaction; replaces what an earlier submit queued. */
  enqueue(
    tx: Knex.Transaction,
    input: { approvalId: string; subject: GateSubject; demands: GateDemand[] },
  ): Promise<void>;
  /** Queue one gate again, ignoring the cache. */
  rerun(
    tx: Knex.Transaction,
    approvalId: string,
    gateId: string,
  ): Promise<void>;
  /**
   * What a gate goes by has changed for a model and its pin: cached answers
   * count no more, and these approvals get new ones. The caller holds the lock
   * of the model.
   */
  evidenceChanged(
    tx: Knex.Transaction,
    about: { entityRef: string; pin: string; gateId: string },
    approvalIds: string[],
  ): Promise<void>;
  waive(
    tx: Knex.Transaction,
    approvalId: string,
    gateId: string,
    waiver: { by: string; reason: string; until: string },
  ): Promise<void>;
  /** End the waiver of a gate before its time; throws `NotFoundError` when there is none that counts. */
  endWaiver(
    tx: Knex.Transaction,
    approvalId: string,
    gateId: string,
    end: { by: string; reason: string },
  ): Promise<void>;
  /** Gates are no longer wanted, for example after a withdrawal. */
  cancel(tx: Knex.Transaction, approvalId: string): Promise<void>;
  results(approvalIds: string[]): Promise<Map<string, GateResult[]>>;
  /** The newest evidence that these gates left for these approvals. */
  evidenceOf(
    approvalIds: string[],
    gateIds: string[],
  ): Promise<
    Array<{
      approvalId: string;
      gateId: string;
      evidence: JsonObject;
      at: Date;
    }>
  >;
  /** Answers of these gates that whoever asks the same is given, with their evidence. */
  keptAnswers(gateIds: string[]): Promise<KeptAnswer[]>;
  /** A document that a gate left for an approval; undefined when there is none of the name. */
  evidenceFile(
    approvalId: string,
    gateId: string,
    name: string,
  ): Promise<EvidenceFile | undefined>;
  /** The newest answers of all gates of an approval, with their documents. */
  bundled(approvalId: string): Promise<BundledGate[]>;
  conclusion(
    approvalId: string,
    tx?: Knex.Transaction,
  ): Promise<GatesConclusion>;
  /**
   * What the gates would say, without asking for anything: what is known, and
   * what those that only go by facts say right now. Nothing is kept.
   */
  foresee(subject: GateSubject, demands: GateDemand[]): Promise<ForeseenGate[]>;
  /** Whether any required gate known for this pin reported a critical finding. */
  hasCriticalFinding(pin: string): Promise<boolean>;
  /** Exactly one listener: the approvals room. */
  onConclusion(listener: GatesListener): void;
  /** Run what is due now. */
  wake(): void;
}
