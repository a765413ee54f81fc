import { makeStyles } from '@material-ui/core/styles';
import CompareArrowsIcon from '@material-ui/icons/CompareArrows';
import type {
  PlaygroundBatch,
  PlaygroundRow,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  type Column,
  countText,
  DataTable,
  EmptyHint,
  Loaded,
  Pager,
  Section,
  StatusChip,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useServing } from '../lib/useServing';
import { targetName } from '../playground/words';
import { AnswerCell, LongText } from './AnswerCell';
import { DownloadButtons } from './DownloadButtons';
import { disagrees, readRows, type RowFilter, rowFilters } from './rows';

const useStyles = makeStyles(
  theme => ({ filter: { margin: theme.spacing(1, 0, 2) } }),
  { name: 'ModelServingRows' },
);

const PAGE = 50;

const filterTexts: Record<RowFilter, string> = {
  all: 'All rows',
  disagreement: 'Where models disagree',
  wrong: 'With a wrong answer',
  failed: 'Without an answer',
};

const nothing: Record<RowFilter, string> = {
  all: 'There is no row',
  disagreement: 'The models agree so far',
  wrong: 'No answer is wrong so far',
  failed: 'Every row has its answers so far',
};

function columnsOf(batch: PlaygroundBatch): Column<PlaygroundRow>[] {
  const { targets, columns } = batch;
  return [
    {
      header: 'Line',
      render: row => (
        <>
          {countText(row.line)}
          {targets.length > 1 && disagrees(row) && (
            <div>
              <StatusChip
                icon={CompareArrowsIcon}
                label="Differ"
                tone="caution"
                explanation="The models came to different things."
              />
            </div>
          )}
        </>
      ),
    },
    {
      header: 'Prompt',
      render: ({ prompt, line }) => (
        <LongText text={prompt} what={`the prompt of line ${line}`} />
      ),
    },
    ...(columns.expected
      ? [
          {
            header: 'Expected',
            render: ({ expected, line }: PlaygroundRow) => (
              <LongText
                text={expected ?? ''}
                what={`what line ${line} expects`}
              />
            ),
          },
        ]
      : []),
    ...targets.map(({ place, target }) => ({
      header: `${place + 1}. ${targetName(target)}`,
      render: ({ answers }: PlaygroundRow) => (
        <AnswerCell
          answer={answers.find(answer => answer.place === place)}
          name={targetName(target)}
        />
      ),
    })),
  ];
}

/** Row by row what was asked, expected and answered. */
export function RowsSection({ batch }: { batch: PlaygroundBatch }) {
  const classes = useStyles();
  const [{ rows }, setFilter] = useUrlFilters(['rows'] as const);
  const filter = rowFilters.find(known => known === rows) ?? 'all';
  const { id } = batch;
  const pages = usePages(`${id} ${filter}`);
  const list = useServing(
    `rows ${id} ${filter} ${pages.cursor}`,
    (api, signal) =>
      readRows(filter, pages.cursor, cursor =>
        api.listPlaygroundRows({ id, cursor, limit: PAGE }, { signal }),
      ),
  );
  return (
    <Section title="Row by row" actions={<DownloadButtons batch={batch} />}>
      <div className={classes.filter}>
        <ChoiceField
          id="rows-filter"
          label="Show"
          value={filter}
          choices={rowFilters
            .filter(
              value => value !== 'disagreement' || batch.targets.length > 1,
            )
            .map(value => ({ value, label: filterTexts[value] }))}
          onChange={value => setFilter({ rows: value === 'all' ? '' : value })}
        />
      </div>
      <Loaded
        query={list}
        room="model-serving"
        failure="The rows could not be loaded"
      >
        {page => (
          <>
            {page.items.length === 0 ? (
              <EmptyHint
                title={nothing[filter]}
                description={
                  page.nextCursor && 'Later pages have not been looked at yet.'
                }
              />
            ) : (
              <DataTable
                label="Rows"
                columns={columnsOf(batch)}
                rows={page.items}
                rowKey={row => row.id}
              />
            )}
            <Pager
              pages={pages}
              nextCursor={page.nextCursor}
              total={filter === 'all' ? page.total : undefined}
            />
          </>
        )}
      </Loaded>
    </Section>
  );
}
