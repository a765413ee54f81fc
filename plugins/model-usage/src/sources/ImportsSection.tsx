import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { UsageImport } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  EmptyHint,
  Loaded,
  Pager,
  Person,
  RelativeTime,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useUsage } from '../lib/useUsage';
import { formatNames } from './formats';
import { ImportForm } from './ImportForm';
import { daysText, sumsText } from './ImportSums';
import { UndoDialog } from './UndoDialog';

const ROWS_SHOWN = 25;

/** Take files of usage and costs, and take them back. */
export function ImportsSection() {
  const pages = usePages('imports');
  const [undoing, setUndoing] = useState<UsageImport>();
  const query = useUsage(`imports ${pages.cursor}`, (api, signal) =>
    api.listUsageImports(
      { cursor: pages.cursor, limit: ROWS_SHOWN },
      { signal },
    ),
  );
  const columns: Column<UsageImport>[] = [
    {
      header: 'File',
      render: ({ fileName, format }) => (
        <>
          {fileName}
          <Typography variant="caption" component="div">
            {formatNames[format]}
          </Typography>
        </>
      ),
    },
    { header: 'Added', render: ({ added }) => sumsText(added) },
    { header: 'Days (UTC)', render: ({ added }) => daysText(added) },
    {
      header: 'Imported',
      render: ({ takenAt, takenBy }) => (
        <>
          <RelativeTime at={takenAt} /> by <Person entityRef={takenBy} />
        </>
      ),
    },
    {
      header: 'Action',
      render: it =>
        it.undoneAt === undefined ? (
          <Button
            size="small"
            aria-label={`Undo the import of ${it.fileName}…`}
            onClick={() => setUndoing(it)}
          >
            Undo…
          </Button>
        ) : (
          <>
            Undone <RelativeTime at={it.undoneAt} />
            {it.undoneBy !== undefined && (
              <>
                {' by '}
                <Person entityRef={it.undoneBy} />
              </>
            )}
          </>
        ),
    },
  ];
  return (
    <>
      <Section
        title="Import a file"
        description="Usage that no source tells, as CSV with the columns at, model, version, caller, profile, tier, calls, input_tokens, output_tokens, cost, currency and others; or what workloads cost by OpenCost. A file counts once, and so does each row."
      >
        <ImportForm onTaken={query.retry} />
      </Section>
      <Section title="Imports">
        <Loaded
          query={query}
          room="model-usage"
          failure="The imports could not be loaded"
        >
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <EmptyHint
                title="No file was imported"
                description="What you import is listed here, with who did it, and may be undone."
              />
            ) : (
              <>
                <DataTable
                  label="Imports"
                  rows={items}
                  rowKey={({ id }) => id}
                  columns={columns}
                />
                <Pager pages={pages} nextCursor={nextCursor} />
              </>
            )
          }
        </Loaded>
      </Section>
      {undoing && (
        <UndoDialog
          of={undoing}
          onClose={() => setUndoing(undefined)}
          onDone={() => {
            setUndoing(undefined);
            query.retry();
          }}
        />
      )}
    </>
  );
}
