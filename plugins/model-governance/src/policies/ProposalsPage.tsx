import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import {
  DataTable,
  EmptyHint,
  Pager,
  Person,
  RelativeTime,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { usePoliciesPath } from './PoliciesNav';
import { ProposalStateChip } from './ProposalStateChip';
import { ProposeDialog } from './ProposeDialog';

/** Begins one, for whom that is allowed. */
function ProposeButton() {
  const [open, setOpen] = useState(false);
  const files = useLive('policy-files', (api, signal) =>
    api.getPolicyFiles({ signal }),
  );
  if (!files.value?.mayPropose) return null;
  return (
    <>
      <Button variant="contained" color="primary" onClick={() => setOpen(true)}>
        Propose a change
      </Button>
      {open && <ProposeDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** What somebody wants to change, and what became of it. */
export function ProposalsPage() {
  const path = usePoliciesPath();
  const pages = usePages('proposals');
  const query = useLive(
    `policy-proposals:${pages.cursor ?? ''}`,
    (api, signal) =>
      api.listPolicyProposals({ cursor: pages.cursor }, { signal }),
  );
  return (
    <Section
      title="Proposals"
      description="Policies change as code does: somebody proposes, the hub checks and replays, and somebody else puts it into force."
      actions={<ProposeButton />}
    >
      <Loaded query={query} failure="The proposals could not be loaded">
        {({ items, nextCursor, totalItems }) =>
          items.length === 0 ? (
            <EmptyHint
              title="Nobody has proposed anything yet"
              description="Who has the permission model.policy.propose begins a proposal here."
            />
          ) : (
            <>
              <DataTable
                label="Proposals"
                columns={[
                  {
                    header: 'Proposal',
                    render: one => (
                      <Link to={path(`proposals/${one.id}`)}>{one.title}</Link>
                    ),
                  },
                  {
                    header: 'State',
                    tight: true,
                    render: one => <ProposalStateChip state={one.state} />,
                  },
                  {
                    header: 'By',
                    tight: true,
                    render: one => <Person entityRef={one.author} />,
                  },
                  {
                    header: 'Files',
                    render: one =>
                      one.files.length === 0 ? '–' : one.files.join(', '),
                  },
                  {
                    header: 'Changed',
                    tight: true,
                    render: one => <RelativeTime at={one.updatedAt} />,
                  },
                ]}
                rows={items}
                rowKey={one => one.id}
              />
              <Pager pages={pages} nextCursor={nextCursor} total={totalItems} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
