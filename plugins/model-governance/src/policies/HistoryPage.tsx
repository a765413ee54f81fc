import { Link } from '@backstage/core-components';
import type { PolicyActivation } from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  Pager,
  Person,
  RelativeTime,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { Hash } from './Hash';
import { usePoliciesPath } from './PoliciesNav';

/** Who put it into force. */
export function ActivatedBy({ how, by }: PolicyActivation) {
  if (by) return <Person entityRef={by} />;
  return <>{how === 'folder' ? 'The folder of policies' : 'Model Hub'}</>;
}

/** What was in force when. */
export function HistoryPage() {
  const path = usePoliciesPath();
  const pages = usePages('activations');
  const query = useLive(
    `policy-activations:${pages.cursor ?? ''}`,
    (api, signal) =>
      api.listPolicyActivations({ cursor: pages.cursor }, { signal }),
  );
  return (
    <Section
      title="History"
      description="Every version that came into force, with what it changed. The newest is in force."
    >
      <Loaded query={query} failure="The history could not be loaded">
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyHint
              title="Nothing was in force yet"
              description="The first policies that load begin the history."
            />
          ) : (
            <>
              <DataTable
                label="Versions of the policies"
                columns={[
                  {
                    header: 'In force since',
                    tight: true,
                    render: one => (
                      <Link
                        to={path(`history/${one.id}`)}
                        aria-label={`What changed ${new Date(
                          one.at,
                        ).toLocaleString()}`}
                      >
                        <RelativeTime at={one.at} />
                      </Link>
                    ),
                  },
                  {
                    header: 'By',
                    render: one => <ActivatedBy {...one} />,
                  },
                  {
                    header: 'Changed files',
                    render: one => one.changed.join(', ') || '–',
                  },
                  {
                    header: 'Version',
                    tight: true,
                    render: one => <Hash hash={one.version} />,
                  },
                ]}
                rows={items}
                rowKey={one => String(one.id)}
              />
              <Pager pages={pages} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
