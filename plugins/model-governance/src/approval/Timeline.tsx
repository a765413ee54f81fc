import { EmptyHint, Section } from '@modelhub/backstage-plugin-models-react';
import { useChanged } from '../hooks/useChanged';
import { useLive } from '../hooks/useLive';
import { EventList } from '../ledger/EventList';
import { Loaded } from '../shared/Loaded';

/** What happened to an approval, oldest first. */
export function Timeline(props: { id: string; revision: number }) {
  const { id, revision } = props;
  const query = useLive(`timeline:${id}`, (api, signal) =>
    api.getApprovalTimeline({ id }, { signal }),
  );
  useChanged(revision, query.retry);
  return (
    <Section title="What happened">
      <Loaded query={query} failure="The history could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint title="Nothing happened yet" />
          ) : (
            <EventList label="What happened" events={items} />
          )
        }
      </Loaded>
    </Section>
  );
}
