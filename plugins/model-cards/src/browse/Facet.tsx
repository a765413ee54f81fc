import Button from '@material-ui/core/Button';
import ButtonBase from '@material-ui/core/ButtonBase';
import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLessIcon from '@material-ui/icons/ExpandLess';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import type { ModelRowFacetValue } from '@modelhub/backstage-plugin-models-common';
import { useId, useState } from 'react';
import { facetTitles, facetValueText } from './facetText';
import type { FacetName } from './modelSearch';

const SHORT = 6;

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
    },
    checkbox: { padding: 4 },
    name: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
    count: {
      // The secondary colour is too pale on the ground of the page.
      color: theme.palette.text.primary,
      fontVariantNumeric: 'tabular-nums',
    },
  }),
  { name: 'ModelHubFacet' },
);

/** What is selected stays on the list, also when it no longer occurs. */
function withSelected(
  values: ModelRowFacetValue[],
  selected: string[],
): ModelRowFacetValue[] {
  const known = new Set(values.map(({ value }) => value));
  return [
    ...values,
    ...selected
      .filter(value => !known.has(value))
      .map(value => ({ value, count: 0 })),
  ];
}

/** One facet: its values with how many models each would leave. */
export function Facet(props: {
  name: FacetName;
  values: ModelRowFacetValue[];
  selected: string[];
  startsOpen: boolean;
  onToggle: (value: string) => void;
}) {
  const { name, selected, startsOpen, onToggle } = props;
  const classes = useStyles();
  const id = useId();
  const [open, setOpen] = useState(startsOpen || selected.length > 0);
  const [all, setAll] = useState(false);

  const values = withSelected(props.values, selected);
  if (!values.length) return null;
  const shown = all
    ? values
    : values.filter(
        ({ value }, index) => index < SHORT || selected.includes(value),
      );
  const title = facetTitles[name];

  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>
        <ButtonBase
          className={classes.toggle}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {selected.length ? `${title} (${selected.length})` : title}
          {open ? <ExpandLessIcon /> : <ExpandMoreIcon />}
        </ButtonBase>
      </legend>
      <div id={id} hidden={!open}>
        <ul className={classes.list}>
          {shown.map(({ value, count }) => (
            <li key={value}>
              <label className={classes.option}>
                <Checkbox
                  size="small"
                  color="primary"
                  className={classes.checkbox}
                  checked={selected.includes(value)}
                  onChange={() => onToggle(value)}
                />
                <span className={classes.name}>
                  {facetValueText(name, value)}
                </span>
                <span className={classes.count} aria-label={`${count} models`}>
                  {count}
                </span>
              </label>
            </li>
          ))}
        </ul>
        {(all || shown.length < values.length) && (
          <Button size="small" onClick={() => setAll(!all)}>
            {all
              ? `Fewer: ${title}`
              : `${values.length - shown.length} more: ${title}`}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
