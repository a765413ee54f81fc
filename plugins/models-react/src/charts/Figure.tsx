import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TableChartIcon from '@material-ui/icons/TableChart';
import Skeleton from '@material-ui/lab/Skeleton';
import { type ReactNode, Suspense, useState } from 'react';
import { ErrorHint } from '../hints';
import { PictureBoundary } from './PictureBoundary';
import { useTableChoice } from './useTableChoice';

const useStyles = makeStyles(
  theme => ({
    root: { ...theme.typography.body2, margin: theme.spacing(0, 0, 3) },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    title: {
      fontFamily: theme.typography.fontFamily,
      fontSize: 14,
      fontWeight: 600,
      lineHeight: 1.5,
      flexGrow: 1,
      margin: 0,
    },
    description: { margin: theme.spacing(0.5, 0, 1), maxWidth: '90ch' },
    note: {
      margin: theme.spacing(1, 0, 0),
      fontSize: 12,
      color: theme.palette.text.secondary,
      maxWidth: '90ch',
    },
    toggle: {
      '&[aria-pressed="true"]': { background: theme.palette.action.selected },
    },
  }),
  { name: 'ModelHubFigure' },
);

/**
 * What every figure has.
 *
 * @public
 */
export interface FigureFrame {
  /** Names the figure among all: whether it is read as a table is remembered under it. */
  id: string;
  title: string;
  /** Level of the heading, 3 unless said otherwise. */
  level?: 2 | 3 | 4;
  /** How the numbers were made, under the picture. */
  note?: ReactNode;
  /** Beside the heading. */
  actions?: ReactNode;
  /** While there is no answer yet. */
  loading?: boolean;
  /** Why there are no numbers; shown in their place. */
  error?: unknown;
  retry?: () => void;
  /** What to show when there is nothing to draw, with how to get there. */
  empty?: ReactNode;
}

let counter = 0;

/**
 * A picture of numbers: a heading, a sentence that says what it shows, the
 * picture for eyes, and the numbers as a table for everybody who would rather
 * read those. Which of both is remembered.
 *
 * @public
 */
export function Figure(
  props: FigureFrame & {
    /** What the picture shows, reckoned from its numbers. */
    description: string;
    /** Whether there is nothing to draw. */
    isEmpty?: boolean;
    /** Height of the picture in pixels, for the time until it is there. */
    height: number;
    picture: ReactNode;
    table: ReactNode;
  },
) {
  const { id, title, level = 3, isEmpty = false, height } = props;
  const classes = useStyles();
  const [asTable, setAsTable] = useTableChoice(id);
  const [key] = useState(() => {
    counter += 1;
    return `modelhub-figure-${counter}`;
  });
  const Heading = `h${level}` as const;
  const shown = !props.loading && props.error === undefined && !isEmpty;

  return (
    <figure className={classes.root} aria-labelledby={`${key}-title`}>
      <div className={classes.head}>
        <Heading id={`${key}-title`} className={classes.title}>
          {title}
        </Heading>
        {props.actions}
        {shown && (
          <Button
            size="small"
            className={classes.toggle}
            startIcon={<TableChartIcon />}
            aria-pressed={asTable}
            aria-label={`Show as table: ${title}`}
            onClick={() => setAsTable(!asTable)}
          >
            Show as table
          </Button>
        )}
      </div>
      {props.loading && (
        <div role="status" aria-label={`${title} is loading`}>
          <Skeleton variant="rect" height={height} />
        </div>
      )}
      {!props.loading && props.error !== undefined && (
        <ErrorHint
          title={`${title} could not be loaded`}
          error={props.error}
          retry={props.retry}
        />
      )}
      {!props.loading && props.error === undefined && isEmpty && props.empty}
      {shown && (
        <>
          <p id={`${key}-description`} className={classes.description}>
            {props.description}
          </p>
          {asTable ? (
            props.table
          ) : (
            <div
              role="img"
              aria-labelledby={`${key}-title`}
              aria-describedby={`${key}-description`}
            >
              <PictureBoundary>
                <Suspense
                  fallback={<Skeleton variant="rect" height={height} />}
                >
                  {props.picture}
                </Suspense>
              </PictureBoundary>
            </div>
          )}
          {props.note && <p className={classes.note}>{props.note}</p>}
        </>
      )}
    </figure>
  );
}
