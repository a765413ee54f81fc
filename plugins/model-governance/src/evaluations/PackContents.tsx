import Typography from '@material-ui/core/Typography';
import type {
  EvaluationPackCriterion,
  EvaluationPackDetail,
} from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { categoryText } from '../approval/safety/categoryText';
import { ShareBar } from '../approval/safety/ShareBar';
import { criterionText, metricTitle } from './results';

const nameOf = ({ metric, statistic }: EvaluationPackCriterion) =>
  metricTitle({ name: metric, statistic });

/** What a pack measures, what it asks of a model, and which groups its cases fall into. */
export function PackContents({ pack }: { pack: EvaluationPackDetail }) {
  const { criteria, scorers, slices, categories, fairness, cases } = pack;
  return (
    <>
      <Section
        title="Criteria"
        description="What a model has to reach for the pack to be passed. A policy may ask for more."
      >
        {criteria.length === 0 ? (
          <EmptyHint title="It asks for nothing: what it measures is only shown" />
        ) : (
          <DataTable
            label="Criteria"
            rows={criteria}
            rowKey={it => JSON.stringify(it)}
            columns={[
              { header: 'Metric', render: nameOf },
              { header: 'Of', render: ({ slice }) => slice ?? 'all cases' },
              { header: 'Asked for', render: it => criterionText(it) },
            ]}
          />
        )}
      </Section>
      <Section title="Scorers" description="How an answer becomes a number.">
        {scorers.length === 0 ? (
          <EmptyHint title="None" />
        ) : (
          <DataTable
            label="Scorers"
            rows={scorers}
            rowKey={({ name }) => name}
            columns={[
              { header: 'Metric', render: ({ name }) => name },
              {
                header: 'Scorer',
                render: ({ type, title, about }) => (
                  <>
                    {title ?? type} {title && <code>{type}</code>}
                    {about && (
                      <Typography
                        variant="caption"
                        color="textSecondary"
                        component="p"
                      >
                        {about}
                      </Typography>
                    )}
                  </>
                ),
              },
              {
                header: 'Parameters',
                render: ({ params }) => paramsText(params),
              },
            ]}
          />
        )}
      </Section>
      {(slices.length > 0 || categories.length > 0) && (
        <Section
          title="Slices"
          description={
            fairness &&
            `Groups by ${fairness.attributes.join(', ')} are compared in ${
              fairness.metric
            }${
              fairness.minimumCases === undefined
                ? ''
                : `, those with at least ${fairness.minimumCases} cases`
            }.`
          }
        >
          {slices.map(({ attribute, values }) => (
            <Counts
              key={attribute}
              label={`Cases by ${attribute}`}
              header={attribute}
              rows={values.map(it => ({ name: it.value, cases: it.cases }))}
              total={cases}
            />
          ))}
          {categories.length > 0 && (
            <Counts
              label="Cases by category"
              header="category"
              rows={categories.map(it => ({
                name: categoryText(it.category),
                cases: it.cases,
              }))}
              total={cases}
            />
          )}
        </Section>
      )}
    </>
  );
}

function paramsText(params: object | undefined): string {
  const entries = Object.entries(params ?? {});
  if (entries.length === 0) return '–';
  return entries
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join('; ');
}

function Counts(props: {
  label: string;
  header: string;
  rows: Array<{ name: string; cases: number }>;
  total?: number;
}) {
  const { label, header, rows, total } = props;
  const whole = total ?? rows.reduce((sum, { cases }) => sum + cases, 0);
  return (
    <DataTable
      label={label}
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        { header, render: ({ name }) => name },
        { header: 'Cases', numeric: true, render: ({ cases }) => cases },
        {
          header: 'Share',
          tight: true,
          render: ({ cases }) => <ShareBar part={cases} whole={whole} />,
        },
      ]}
    />
  );
}
