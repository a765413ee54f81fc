import Typography from '@material-ui/core/Typography';
import type {
  ApprovalDetail,
  AttachedEvaluation,
} from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  Person,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { ResultDetails } from '../evaluations/ResultDetails';
import { mainFigure } from '../evaluations/ResultsTable';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';

const OWN_INPUT = 'own-input/';

const nameOf = ({ result: { pack } }: AttachedEvaluation) =>
  pack.title ??
  (pack.name.startsWith(OWN_INPUT)
    ? pack.name.slice(OWN_INPUT.length)
    : pack.name);

/** What people measured and attached for those who decide; silent where there is nothing. */
export function AttachedEvaluations({
  approval: { id },
}: {
  approval: ApprovalDetail;
}) {
  const query = useLive(`attached-evaluations:${id}`, (api, signal) =>
    api.listAttachedEvaluations({ id }, { signal }),
  );
  if (!query.error && (query.value?.items ?? []).length === 0) return null;
  return (
    <Section
      title="Attached evaluations"
      description="What people measured with their own input in the playground, on this version. It is for those who decide: no check reads it."
    >
      <Loaded
        query={query}
        failure="The attached evaluations could not be loaded"
      >
        {({ items }) => (
          <>
            <DataTable
              label="Attached evaluations"
              rows={items}
              rowKey={({ result }) => result.id}
              columns={[
                { header: 'Input', render: nameOf },
                {
                  header: 'Rows',
                  tight: true,
                  render: ({ result }) => String(result.cases?.asked ?? '–'),
                },
                {
                  header: 'Main figure',
                  tight: true,
                  render: ({ result }) => mainFigure(result),
                },
                {
                  header: 'Attached',
                  tight: true,
                  render: ({ attachedAt }) => <RelativeTime at={attachedAt} />,
                },
                {
                  header: 'By',
                  render: ({ attachedBy }) => <Person entityRef={attachedBy} />,
                },
              ]}
            />
            {items.map(item => (
              <section
                key={item.result.id}
                aria-label={`Details of ${nameOf(item)}`}
              >
                <Typography variant="subtitle2" component="h3">
                  {nameOf(item)}
                </Typography>
                <ResultDetails result={item.result} />
              </section>
            ))}
          </>
        )}
      </Loaded>
    </Section>
  );
}
