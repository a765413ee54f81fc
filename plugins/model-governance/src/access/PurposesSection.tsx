import Button from '@material-ui/core/Button';
import type { Purpose } from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { daysText } from '../lib/words';
import { Loaded } from '../shared/Loaded';
import { dataClasses } from './DataClassesField';
import { PurposeDialog } from './PurposeDialog';
import { useWords } from './UsesField';

const retentionText = (days: number) =>
  days === 0 ? 'None' : `At most ${daysText(days)}`;

/** What models may be asked for, and which data that takes. */
export function PurposesSection() {
  const query = useLive('purposes', (client, signal) =>
    client.listPurposes({ signal }),
  );
  const [dialog, setDialog] = useState<{ purpose?: Purpose }>();
  const close = () => setDialog(undefined);

  return (
    <Section
      title="Purposes"
      description="What models may be asked for, which data that takes, and where it may be processed."
      actions={
        <Button variant="outlined" onClick={() => setDialog({})}>
          Add purpose
        </Button>
      }
    >
      <Loaded query={query} failure="The purposes could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint
              title="There is no purpose yet"
              description="Without one nobody can ask for a model. Add one, or declare it in the configuration."
            />
          ) : (
            <DataTable
              label="Purposes"
              rows={items}
              rowKey={purpose => purpose.id}
              columns={[
                {
                  header: 'Purpose',
                  render: purpose => (
                    <>
                      {purpose.title}
                      <br />
                      <code>{purpose.id}</code>
                    </>
                  ),
                },
                {
                  header: 'Description',
                  render: purpose => purpose.description ?? '–',
                },
                {
                  header: 'Data',
                  render: purpose =>
                    purpose.dataClasses
                      .map(one => dataClasses[one])
                      .join(', ') || '–',
                },
                {
                  header: 'Regions',
                  render: purpose =>
                    purpose.regions.map(one => one.toUpperCase()).join(', ') ||
                    'Anywhere',
                },
                {
                  header: 'Retention',
                  render: ({ maxRetentionDays: days }) =>
                    days === undefined ? 'Any' : retentionText(days),
                },
                {
                  header: 'Use',
                  render: ({ uses }) =>
                    uses
                      ? uses.map(one => useWords[one]).join('; ') ||
                        'None that licences limit'
                      : 'Not said',
                },
                {
                  header: 'Action',
                  tight: true,
                  render: purpose => (
                    <Button
                      size="small"
                      aria-label={`Change purpose ${purpose.title}…`}
                      onClick={() => setDialog({ purpose })}
                    >
                      Change…
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {dialog && (
        <PurposeDialog
          purpose={dialog.purpose}
          onClose={close}
          onDone={() => {
            close();
            query.retry();
          }}
        />
      )}
    </Section>
  );
}
