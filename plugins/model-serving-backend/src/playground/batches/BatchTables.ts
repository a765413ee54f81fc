import type {
  PlaygroundAnswer,
  PlaygroundRow,
  PlaygroundRowPage,
} from '@modelhub/backstage-plugin-models-common';
import { csvCell } from '@modelhub/backstage-plugin-models-node';
import type { AnswerStore } from './AnswerStore';
import type { BatchRunStore } from './BatchRunStore';
import type { BatchStore } from './BatchStore';
import { packScorers } from '../files/scorerChoices';
import { presentAnswer, presentRow, reasonsOf } from './presentRow';
import type { BatchRecord, BatchRunRecord, RowRecord } from './records';

const AT_ONCE = 200;

type Cell = string | number | undefined;

/** Numbers are digits, a sign and a point: nothing that a spreadsheet runs. */
const csvLine = (cells: Cell[]): string =>
  `${cells
    .map(cell =>
      typeof cell === 'number' ? String(cell) : csvCell(cell ?? ''),
    )
    .join(',')}\r\n`;

/** Rows of batches with what was answered: pages, and files. */
export class BatchTables {
  static create(options: {
    batches: Pick<BatchStore, 'rows'>;
    runs: Pick<BatchRunStore, 'whole'>;
    answers: Pick<AnswerStore, 'of'>;
  }): BatchTables {
    return new BatchTables(options);
  }

  readonly #options: Parameters<typeof BatchTables.create>[0];

  private constructor(options: Parameters<typeof BatchTables.create>[0]) {
    this.#options = options;
  }

  /** @param page - `from`: place of the first row */
  async page(
    batch: BatchRecord,
    page: { from: number; limit: number },
  ): Promise<PlaygroundRowPage> {
    const { batches, runs } = this.#options;
    const rows = await batches.rows(batch.id, page);
    const items = await this.#rows(await runs.whole(batch.id), rows);
    const next = page.from + rows.length;
    return {
      items,
      total: batch.rowCount,
      ...(next < batch.rowCount &&
        rows.length > 0 && { nextCursor: String(next) }),
    };
  }

  /** The whole table, piece by piece. */
  async *file(
    batch: BatchRecord,
    format: 'csv' | 'jsonl',
  ): AsyncGenerator<string> {
    const { batches, runs } = this.#options;
    const whole = await runs.whole(batch.id);
    const columns = columnsOf(batch, whole);
    if (format === 'csv') yield csvLine(columns.map(({ name }) => name));
    for (let from = 0; from < batch.rowCount; from += AT_ONCE) {
      const rows = await batches.rows(batch.id, { from, limit: AT_ONCE });
      if (rows.length === 0) return;
      const shown = await this.#rows(whole, rows);
      yield shown
        .map(row =>
          format === 'csv'
            ? csvLine(columns.map(({ of }) => of(row)))
            : `${JSON.stringify(lineOf(row, whole))}\n`,
        )
        .join('');
    }
  }

  async #rows(
    runs: BatchRunRecord[],
    rows: RowRecord[],
  ): Promise<PlaygroundRow[]> {
    const kept = await this.#options.answers.of(
      runs.map(({ id }) => id),
      rows.map(row => row.case.id),
    );
    const reasons = runs.map(reasonsOf);
    return rows.map(row =>
      presentRow(
        row,
        runs.map((run, place) =>
          presentAnswer(
            run,
            kept(run.id, row.case.id),
            reasons[place].get(row.case.id),
          ),
        ),
      ),
    );
  }
}

/** Targets by name; a number makes two of the same name different. */
function namesOf(runs: BatchRunRecord[]): string[] {
  const names = runs.map(
    ({ target: { gatewayId, modelVersion } }) => `${gatewayId}@${modelVersion}`,
  );
  return names.map((name, place) =>
    names.indexOf(name) === names.lastIndexOf(name)
      ? name
      : `${name} (${place + 1})`,
  );
}

function columnsOf(
  batch: BatchRecord,
  runs: BatchRunRecord[],
): Array<{ name: string; of: (row: PlaygroundRow) => Cell }> {
  const metrics = packScorers(batch.scorers).map(({ name }) => name);
  const figures: Array<[string, (answer: PlaygroundAnswer) => Cell]> = [
    ['answer', it => it.text],
    ['problem', it => it.problem],
    ...metrics.map((name): [string, (answer: PlaygroundAnswer) => Cell] => [
      name,
      it => it.scores[name]?.value,
    ]),
    ['latency_ms', it => it.latencyMs],
    ['ttft_ms', it => it.ttftMs],
    ['input_tokens', it => it.inputTokens],
    ['output_tokens', it => it.outputTokens],
    ['cost', it => it.cost?.amount],
    ['currency', it => it.cost?.currency],
  ];
  return [
    { name: 'line', of: row => row.line },
    { name: 'prompt', of: row => row.prompt },
    { name: 'system', of: row => row.system },
    { name: 'expected', of: row => row.expected },
    { name: 'slice', of: row => row.slice },
    ...namesOf(runs).flatMap((target, place) =>
      figures.map(([figure, of]) => ({
        name: `${target} ${figure}`,
        of: (row: PlaygroundRow) => of(row.answers[place]),
      })),
    ),
  ];
}

/** As programs read it. */
function lineOf({ answers, ...row }: PlaygroundRow, runs: BatchRunRecord[]) {
  return {
    ...row,
    answers: answers.map(({ place, ...answer }) => ({
      target: runs[place].target.id,
      ...answer,
    })),
  };
}
