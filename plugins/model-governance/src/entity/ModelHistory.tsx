import {
  EmptyHint,
  Pager,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { EventList } from '../ledger/EventList';
import { ExportButton } from '../ledger/ExportButton';
import { Loaded } from '../shared/Loaded';

/** What the ledger says about one model. */
export function ModelHistory({ entityRef }: { entityRef: string }) {
  const pages = usePages(entityRef);
  const query = useLive(
    `history:${entityRef}:${pages.cursor ?? ''}`,
    (api, signal) =>
      api.listLedger(
        { entityRef, order: 'newest', cursor: pages.cursor, limit: 20 },
        { signal },
      ),
  );
  return (
    <Section
      title="History"
      description="From the ledger, newest first."
      actions={
        query.status !== 'forbidden' && <ExportButton entityRef={entityRef} />
      }
    >
      <Loaded query={query} failure="The history could not be loaded">
        {page =>
          page.items.length === 0 ? (
            <EmptyHint title="Nothing happened to this model yet" />
          ) : (
            <>
              <EventList label="History" events={page.items} linksRequests />
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
