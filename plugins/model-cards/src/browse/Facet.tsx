import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import type { ModelRowFacetValue } from '@modelhub/backstage-plugin-models-common';
import { useState } from 'react';
import { FacetFrame, FacetOption } from './FacetFrame';
import { facetTitles, facetValueText } from './facetText';
import type { FacetName } from './modelSearch';

const SHORT = 6;

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
    <FacetFrame
      title={selected.length ? `${title} (${selected.length})` : title}
      startsOpen={startsOpen || selected.length > 0}
      more={
        (all || shown.length < values.length) && (
          <Button size="small" onClick={() => setAll(!all)}>
            {all
              ? `Fewer: ${title}`
              : `${values.length - shown.length} more: ${title}`}
          </Button>
        )
      }
    >
      {shown.map(({ value, count }) => (
        <FacetOption
          key={value}
          text={facetValueText(name, value)}
          count={count}
          control={
            <Checkbox
              size="small"
              color="primary"
              checked={selected.includes(value)}
              onChange={() => onToggle(value)}
            />
          }
        />
      ))}
    </FacetFrame>
  );
}
