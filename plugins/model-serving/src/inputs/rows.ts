import type {
  PlaygroundAnswer,
  PlaygroundRow,
  PlaygroundRowPage,
} from '@modelhub/backstage-plugin-models-common';

/** Which rows are shown. */
export const rowFilters = ['all', 'disagreement', 'wrong', 'failed'] as const;

/** One of them. */
export type RowFilter = (typeof rowFilters)[number];

const plain = (text: string | undefined) =>
  (text ?? '').replace(/\s+/g, ' ').trim().toLowerCase();

const scored = ({ scores }: PlaygroundAnswer) =>
  Object.values(scores).some(({ value }) => value !== undefined);

/**
 * Whether the targets of a row came to different things: by their scores where
 * there are some, else by their words, without regard to case and spaces.
 */
export function disagrees({ answers }: PlaygroundRow): boolean {
  const answered = answers.filter(({ state }) => state === 'answered');
  const ways = answered.map(answer =>
    answered.every(scored)
      ? JSON.stringify(
          Object.entries(answer.scores)
            .map(([name, { value }]) => [name, value])
            .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
        )
      : plain(answer.text),
  );
  return new Set(ways).size > 1;
}

/** Whether a target gave no answer. */
export const hasFailure = ({ answers }: PlaygroundRow) =>
  answers.some(({ state }) => state === 'failed');

/** Whether a scorer gave nothing for an answer. */
export const isWrong = ({ answers }: PlaygroundRow) =>
  answers.some(({ scores }) =>
    Object.values(scores).some(({ value }) => value === 0),
  );

const tests: Record<RowFilter, (row: PlaygroundRow) => boolean> = {
  all: () => true,
  disagreement: disagrees,
  wrong: isWrong,
  failed: hasFailure,
};

/** Whether a row is shown. */
export const fits = (filter: RowFilter, row: PlaygroundRow) =>
  tests[filter](row);

/** At least so many rows are shown, where there are so many. */
const ROWS_WANTED = 20;

/** How many pages are read at most for one that is shown. */
const MOST_PAGES = 20;

/**
 * A page of rows that fit: pages of the backend are read on until there are
 * enough, so that a rare thing is found without turning pages by hand.
 */
export async function readRows(
  filter: RowFilter,
  cursor: string | undefined,
  read: (cursor: string | undefined) => Promise<PlaygroundRowPage>,
): Promise<PlaygroundRowPage> {
  const items: PlaygroundRow[] = [];
  let page = await read(cursor);
  items.push(...page.items.filter(row => fits(filter, row)));
  for (
    let pages = 1;
    filter !== 'all' &&
    page.nextCursor !== undefined &&
    items.length < ROWS_WANTED &&
    pages < MOST_PAGES;
    pages += 1
  ) {
    page = await read(page.nextCursor);
    items.push(...page.items.filter(row => fits(filter, row)));
  }
  return { items, total: page.total, nextCursor: page.nextCursor };
}
