import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  ModelRatingAspect,
  ModelRatingDetail,
} from '@modelhub/backstage-plugin-models-common';
import {
  averageText,
  DataTable,
  Stars,
} from '@modelhub/backstage-plugin-models-react';
import { aspects, countText, starsText } from '../lib/words';

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
    },
    average: { fontSize: 32, fontWeight: 600, lineHeight: 1 },
    share: { position: 'relative', minWidth: 32 },
    bar: {
      height: 4,
      marginTop: 2,
      borderRadius: 2,
      backgroundColor: theme.palette.primary.main,
      minWidth: 1,
    },
    how: { marginTop: theme.spacing(1) },
  }),
  { name: 'ModelReviewsRatingSummary' },
);

type Row = { label: string; rating: ModelRatingAspect };

/** The figures behind the stars, for each aspect and in all. */
export function RatingSummary({ rating }: { rating: ModelRatingDetail }) {
  const classes = useStyles();
  const { overall, prior } = rating;
  if (!overall) return null;
  const rows: Row[] = [
    { label: 'Overall', rating: overall },
    ...aspects.flatMap(({ id, label }) => {
      const of = rating.aspects[id];
      return of ? [{ label, rating: of }] : [];
    }),
  ];
  return (
    <>
      <div className={classes.head}>
        <span className={classes.average} aria-hidden>
          {averageText(overall.average)}
        </span>
        <Stars value={overall.average} />
        <Typography variant="body2" component="span">
          {countText(overall.count, 'person', 'people')}, {rating.verifiedCount}{' '}
          of them verified
        </Typography>
      </div>
      <DataTable
        label="Stars by aspect"
        rows={rows}
        rowKey={({ label }) => label}
        columns={[
          { header: 'Aspect', tight: true, render: ({ label }) => label },
          {
            header: 'Average',
            numeric: true,
            tight: true,
            render: row => averageText(row.rating.average),
          },
          ...[5, 4, 3, 2, 1].map(stars => ({
            header: starsText(stars),
            numeric: true,
            render: (row: Row) => {
              const count = row.rating.distribution[stars - 1];
              return (
                <div className={classes.share}>
                  {count}
                  <div
                    aria-hidden
                    className={classes.bar}
                    style={{
                      width: `${
                        (count / Math.max(row.rating.count, 1)) * 100
                      }%`,
                    }}
                  />
                </div>
              );
            },
          })),
          {
            header: 'People',
            numeric: true,
            render: row => row.rating.count,
          },
        ]}
      />
      <Typography
        variant="caption"
        color="textSecondary"
        component="p"
        className={classes.how}
      >
        Averages are Bayesian: {averageText(prior.mean)} stars, the mean over
        all models, weigh as much as {prior.weight} people. So one review alone
        puts no model at the top. The plain mean is {averageText(overall.mean)}.
        Each person counts once, by their newest review.
      </Typography>
    </>
  );
}
