import Button from '@material-ui/core/Button';
import { EmptyHint } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { DataTable } from '../shared/DataTable';
import { Loaded } from '../shared/Loaded';
import { Section } from '../shared/Section';
import { dataClasses, PurposeDialog } from './PurposeDialog';

/** What models may be asked for, and which data that takes. */
export function PurposesSection() {
  const query = useLive('purposes', (client, signal) =>
    client.listPurposes({ signal }),
  );
  const [adding, setAdding] = useState(false);

  return (
    <Section
      title="Purposes"
      description="What models may be asked for, which data that takes, and where it may be processed."
      actions={
        <Button variant="outlined" onClick={() => setAdding(true)}>
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
              ]}
            />
          )
        }
      </Loaded>
      {adding && (
        <PurposeDialog
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            query.retry();
          }}
        />
      )}
    </Section>
  );
}
