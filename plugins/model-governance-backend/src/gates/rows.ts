import type { JsonObject } from '@backstage/types';
import type { Finding } from '@modelhub/backstage-plugin-models-common';
import type {
  GateFile,
  GateSubject,
  GateVerdict,
} from '@modelhub/backstage-plugin-models-node';

/** Milliseconds; PostgreSQL gives big integers as text. */
type Milliseconds = number | string;

export interface RunRow {
  id: string;
  question: string;
  gate_id: string;
  gate_version: string;
  pin: string;
  params: string;
  subject: string;
  status: 'queued' | 'running' | 'done';
  attempts: number;
  owner: string | null;
  next_attempt_at: Milliseconds;
  created_at: Milliseconds;
  started_at: Milliseconds | null;
  finished_at: Milliseconds | null;
  verdict: GateVerdict | null;
  summary: string | null;
  evidence_id: string | null;
  critical: boolean | number;
  /** JSON of what the gate told of itself while it runs. */
  progress: string | null;
}

export interface RequestRow {
  approval_id: string;
  gate_id: string;
  position: number;
  required: boolean | number;
  applies: boolean | number;
  from_cache: boolean | number;
  question: string;
  run_id: string | null;
  waived_by: string | null;
  waiver_reason: string | null;
  waived_at: Milliseconds | null;
  waived_until: Milliseconds | null;
}

export interface ApprovalRow {
  approval_id: string;
  generation: string;
  cancelled: boolean | number;
  changes: number;
  told: number;
  told_conclusion: string | null;
  attempts: number;
}

/** A run that this replica leased. */
export interface LeasedRun {
  id: string;
  gateId: string;
  attempt: number;
  subject: GateSubject;
  params: JsonObject;
}

export interface RunResult {
  verdict: GateVerdict;
  summary: string;
  findings: Finding[];
  evidence?: JsonObject;
  files?: GateFile[];
}

/** A document of an evidence, as its row names it. */
export interface StoredFile {
  name: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
}

/** A request with the run that answers it. */
export type AnsweredRow = RequestRow & {
  status: RunRow['status'] | null;
  verdict: GateVerdict | null;
  summary: string | null;
};
