import {
  EmptyHint,
  Pager,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { ApprovalTable } from './ApprovalTable';

/** What the one who looks has asked for. */
export function MyRequestsPage() {
  const pages = usePages('mine');
  const query = useLive(`mine:${pages.cursor ?? ''}`, (api, signal) =>
    api.listApprovals(
      { requester: 'me', order: 'newest', cursor: pages.cursor, limit: 25 },
      { signal },
    ),
  );
  return (
    <Section title="My requests">
      <Loaded query={query} failure="Your requests could not be loaded">
        {page =>
          page.items.length === 0 ? (
            <EmptyHint
              title="You have not asked for a model yet"
              description='Find one under Models and choose "Request access" on its page.'
            />
          ) : (
            <>
              <ApprovalTable
                label="My requests"
                approvals={page.items}
                show={[
                  'model',
                  'tier',
                  'scope',
                  'state',
                  'waiting',
                  'age',
                  'ends',
                ]}
              />
              <Pager
                pages={pages}
                nextCursor={page.nextCursor}
                total={page.totalItems}
              />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
