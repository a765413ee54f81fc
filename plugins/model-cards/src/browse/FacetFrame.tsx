import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLessIcon from '@material-ui/icons/ExpandLess';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { type ReactNode, useId, useState } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      border: 0,
      borderTop: `1px solid ${theme.palette.divider}`,
      margin: 0,
      minWidth: 0,
      padding: theme.spacing(0.5, 0),
    },
    legend: { padding: 0, width: '100%', float: 'left' },
    toggle: {
      width: '100%',
      justifyContent: 'space-between',
      padding: theme.spacing(0.75, 0.5),
      borderRadius: theme.shape.borderRadius,
      ...theme.typography.subtitle2,
      '&:focus-visible': { outline: '2px solid currentColor' },
    },
    list: {
      clear: 'both',
      listStyle: 'none',
      margin: 0,
      padding: theme.spacing(0, 0, 1),
    },
    option: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      cursor: 'pointer',
      ...theme.typography.body2,
      '& > .MuiButtonBase-root': { padding: 4 },
    },
    name: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
    count: {
      // The secondary colour is too pale on the ground of the page.
      color: theme.palette.text.primary,
      fontVariantNumeric: 'tabular-nums',
    },
  }),
  { name: 'ModelHubFacet' },
);

/** A group of choices that opens and closes. */
export function FacetFrame(props: {
  title: string;
  startsOpen: boolean;
  /** {@link FacetOption}s. */
  children: ReactNode;
  /** Below them. */
  more?: ReactNode;
}) {
  const { title, startsOpen, children, more } = props;
  const classes = useStyles();
  const id = useId();
  const [open, setOpen] = useState(startsOpen);
  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>
        <ButtonBase
          className={classes.toggle}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {title}
          {open ? <ExpandLessIcon /> : <ExpandMoreIcon />}
        </ButtonBase>
      </legend>
      <div id={id} hidden={!open}>
        <ul className={classes.list}>{children}</ul>
        {more}
      </div>
    </fieldset>
  );
}

/** One choice, and how many models it would leave. */
export function FacetOption(props: {
  /** A checkbox or a radio button. */
  control: ReactNode;
  text: string;
  count?: number;
}) {
  const { control, text, count } = props;
  const classes = useStyles();
  return (
    <li>
      <label className={classes.option}>
        {control}
        <span className={classes.name}>{text}</span>
        {count !== undefined && (
          <span className={classes.count} aria-label={`${count} models`}>
            {count}
          </span>
        )}
      </label>
    </li>
  );
}
