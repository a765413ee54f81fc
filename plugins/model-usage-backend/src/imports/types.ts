import type { ReportedUsage } from '@modelhub/backstage-plugin-models-node';

/** A row of a file that was understood. */
export interface ReadRow {
  /** From 1 on; of a file without lines, the number of the item. */
  line: number;
  /** Its `id` names the row in all files of its format. */
  item: ReportedUsage;
}

export interface RowProblem {
  line: number;
  message: string;
}

/** A workload that no rule says the model of. */
export interface Unmapped {
  namespace: string;
  controller: string;
  rows: number;
  micros: number;
}

/** What a file tells. */
export interface ReadFile {
  /** How many rows it has, good and bad. */
  rows: number;
  good: ReadRow[];
  problems: RowProblem[];
  unmapped: Unmapped[];
}
