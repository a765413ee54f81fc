import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  ModelRow,
  ModelRowRating,
} from '@modelhub/backstage-plugin-models-common';
import {
  averageText,
  LicenceText,
  ModelLink,
  Stars,
} from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';
import {
  formatParameters,
  formatPrice,
  formatTokens,
  humanize,
  modelTypeName,
} from '../format';
import { UsableAt } from './UsableAt';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(2),
      display: 'grid',
      gap: theme.spacing(1),
      minWidth: 0,
    },
    heading: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      columnGap: theme.spacing(1),
    },
    title: { ...theme.typography.h6, margin: 0, overflowWrap: 'anywhere' },
    description: { maxWidth: '90ch', overflowWrap: 'anywhere' },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 3),
      margin: 0,
      ...theme.typography.body2,
      '& > div': { minWidth: 0 },
      '& dt': {
        display: 'inline',
        color: theme.palette.text.secondary,
        '&::after': { content: '": "' },
      },
      '& dd': { display: 'inline', margin: 0, overflowWrap: 'anywhere' },
    },
  }),
  { name: 'ModelHubModelResult' },
);

function facts(model: ModelRow): Array<[string, ReactNode]> {
  const price = model.pricing && formatPrice(model.pricing);
  return [
    ['Licence', <LicenceText licence={model.licence} />],
    ...(model.contextTokens !== undefined
      ? [['Context', formatTokens(model.contextTokens)] as [string, ReactNode]]
      : []),
    ...(model.minGpuMemoryGiB !== undefined
      ? [['GPU memory', `${model.minGpuMemoryGiB} GiB`] as [string, ReactNode]]
      : []),
    ...(model.parameters !== undefined
      ? [
          ['Parameters', formatParameters(model.parameters)] as [
            string,
            ReactNode,
          ],
        ]
      : []),
    ...(price ? [['Price', price] as [string, ReactNode]] : []),
    ['Provider', model.provider],
    ['Owner', <EntityRefLink entityRef={model.owner} hideIcon />],
  ];
}

/** `4.3 by 12 people`. */
function ratingText({ average, count }: ModelRowRating): string {
  return `${averageText(average)} by ${count} ${
    count === 1 ? 'person' : 'people'
  }`;
}

/** One model on the list: first where it may be used, then what it is for. */
export function ModelResult({ model }: { model: ModelRow }) {
  const classes = useStyles();
  const what = [modelTypeName(model.type), ...model.tasks.map(humanize)];
  return (
    <article className={classes.root}>
      <div className={classes.heading}>
        <h3 className={classes.title}>
          <ModelLink entityRef={model.entityRef} title={model.title} />
        </h3>
        <Typography variant="body2" color="textSecondary" component="span">
          {what.slice(0, 4).join(' · ')}
        </Typography>
        {model.rating && (
          <Typography variant="body2" component="span">
            <Stars value={model.rating.average} /> {ratingText(model.rating)}
          </Typography>
        )}
      </div>
      <UsableAt model={model} />
      {model.description && (
        <Typography variant="body1" className={classes.description}>
          {model.description}
        </Typography>
      )}
      <dl className={classes.facts}>
        {facts(model).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
