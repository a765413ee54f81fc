import { Link } from '@backstage/core-components';
import {
  DataTable,
  EmptyHint,
  Loaded,
  Pager,
  RelativeTime,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useServingPaths } from '../lib/paths';
import { useServing } from '../lib/useServing';
import { targetName } from '../playground/words';
import { runStateText } from './words';

/** What the person ran before. */
export function BatchesSection() {
  const paths = useServingPaths();
  const pages = usePages('batches');
  const list = useServing(`batches ${pages.cursor}`, (api, signal) =>
    api.listPlaygroundBatches({ cursor: pages.cursor, limit: 20 }, { signal }),
  );
  return (
    <Section title="Your runs">
      <Loaded
        query={list}
        room="model-serving"
        failure="Your runs could not be loaded"
      >
        {page =>
          page.items.length === 0 ? (
            <EmptyHint
              title="You have run no file yet"
              description="Choose one above: a prompt in each line, and what you expect where you know it."
            />
          ) : (
            <>
              <DataTable
                label="Your runs"
                columns={[
                  {
                    header: 'Name',
                    render: ({ id, name }) => (
                      <Link to={paths.batch(id)}>{name}</Link>
                    ),
                  },
                  {
                    header: 'State',
                    render: ({ state }) => runStateText(state),
                  },
                  { header: 'Rows', numeric: true, render: it => it.rows },
                  {
                    header: 'Models',
                    render: ({ targets }) =>
                      targets
                        .map(({ target }) => targetName(target))
                        .join(', '),
                  },
                  {
                    header: 'Started',
                    render: ({ createdAt }) => <RelativeTime at={createdAt} />,
                  },
                  {
                    header: 'Erased',
                    render: ({ eraseAt }) => <RelativeTime at={eraseAt} />,
                  },
                ]}
                rows={page.items}
                rowKey={({ id }) => id}
              />
              <Pager pages={pages} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
