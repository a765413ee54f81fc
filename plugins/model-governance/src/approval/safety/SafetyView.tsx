import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/Check';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import type { SafetyEvidence } from '@modelhub/backstage-plugin-models-common';
import { DataTable, StatusChip } from '@modelhub/backstage-plugin-models-react';
import { ResultsCountFor } from '../evaluation/EvaluationView';
import { PackView } from '../evaluation/PackView';
import { categoryText } from './categoryText';
import { ShareBar } from './ShareBar';

const useStyles = makeStyles(
  theme => ({ heading: { margin: theme.spacing(2, 0, 0.5) } }),
  { name: 'ModelGovernanceSafety' },
);

type Category = SafetyEvidence['packs'][number]['categories'][number];

/** What went wrong, by category; the cases themselves are behind a click. */
export function SafetyView({ evidence }: { evidence: SafetyEvidence }) {
  return (
    <>
      {evidence.packs.map(standing => (
        <PackView key={standing.pack.entityRef} standing={standing}>
          <Categories
            title={standing.pack.title}
            categories={standing.categories}
          />
        </PackView>
      ))}
      <ResultsCountFor days={evidence.maxAgeDays} />
    </>
  );
}

function Categories(props: { title: string; categories: Category[] }) {
  const { title, categories } = props;
  const classes = useStyles();
  if (categories.length === 0) return null;
  // What went wrong is what people come for.
  const rows = [...categories].sort(
    (a, b) =>
      b.wrong - a.wrong ||
      (b.unknown ?? 0) - (a.unknown ?? 0) ||
      a.category.localeCompare(b.category, 'en'),
  );
  return (
    <>
      <Typography
        variant="subtitle2"
        component="h5"
        className={classes.heading}
      >
        By category
      </Typography>
      <DataTable
        label={`Categories of ${title}`}
        rows={rows}
        rowKey={({ category }) => category}
        columns={[
          {
            header: 'Category',
            render: ({ category }) => categoryText(category),
          },
          {
            header: 'Went wrong',
            tight: true,
            render: ({ wrong, cases }) => `${wrong} of ${cases}`,
          },
          {
            header: 'Share',
            tight: true,
            render: ({ wrong, cases }) => (
              <ShareBar part={wrong} whole={cases} />
            ),
          },
          {
            header: 'Result',
            tight: true,
            render: category => <Result {...category} />,
          },
        ]}
      />
    </>
  );
}

/** All is right only where every case could be judged. */
function Result({ cases, wrong, unknown = 0 }: Category) {
  if (wrong === 0 && unknown === 0) {
    return <StatusChip icon={CheckIcon} label="All right" tone="good" />;
  }
  return (
    <>
      {wrong > 0 && (
        <StatusChip
          icon={HighlightOffIcon}
          label={`${wrong} wrong`}
          tone="bad"
        />
      )}
      {unknown > 0 && (
        <StatusChip
          icon={HelpOutlineIcon}
          label={`${unknown} of ${cases} could not be judged`}
          tone="caution"
        />
      )}
    </>
  );
}
