import Radio from '@material-ui/core/Radio';
import type { ModelRowFacetValue } from '@modelhub/backstage-plugin-models-common';
import { FacetFrame, FacetOption } from './FacetFrame';
import { atLeastText } from './facetText';

/** So many stars and more; one star and more are all that anybody rated. */
const STEPS = [4, 3, 2];

/** By what people gave. Silent as long as nobody rated anything. */
export function RatingFilter(props: {
  /** Counts by stars. */
  values: ModelRowFacetValue[];
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  const { values, value, onChange } = props;
  if (values.length === 0 && value === undefined) return null;
  const countOf = (stars: number) =>
    values.find(each => each.value === String(stars))?.count ?? 0;
  const option = (stars: number | undefined) => (
    <FacetOption
      key={stars ?? 'any'}
      text={stars === undefined ? 'Any' : atLeastText(stars)}
      count={stars && countOf(stars)}
      control={
        <Radio
          size="small"
          color="primary"
          name="model-hub-stars"
          checked={value === stars}
          onChange={() => onChange(stars)}
        />
      }
    />
  );
  return (
    <FacetFrame title={value === undefined ? 'Stars' : 'Stars (1)'} startsOpen>
      {[...new Set([undefined, value, ...STEPS])]
        .sort((a, b) => (b ?? 6) - (a ?? 6))
        .map(option)}
    </FacetFrame>
  );
}
