import {
  DataTable,
  modelGovernanceApiRef,
  Section,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { actions } from './words';

/** What is done about drift, by tier; nothing in a portal without governance. */
export function PolicyWords() {
  const { value } = useRoomQuery(
    modelGovernanceApiRef,
    (api, signal) => api.getDriftPolicy({ signal }),
    [],
  );
  if (!value) return null;
  return (
    <Section title="What policy does about drift">
      <DataTable
        label="What policy does about drift"
        rows={value.items}
        rowKey={({ tier }) => tier}
        columns={[
          { header: 'Tier', tight: true, render: ({ tier }) => tier },
          {
            header: 'Step',
            tight: true,
            render: ({ action }) => actions[action],
          },
          { header: 'What it means', render: ({ words }) => words },
        ]}
      />
    </Section>
  );
}
