import type { MeasuredTarget } from '@modelhub/backstage-plugin-models-common';
import { domainOf, Scale } from './Scale';

/** Where a measured value and its interval lie beside the target. */
export function TargetBar(props: {
  measured: MeasuredTarget;
  /** What another model has of the same. */
  other?: number;
}) {
  const { measured, other } = props;
  const { value, interval, target, direction, unit } = measured;
  if (value === undefined) return null;
  const domain = domainOf([value, ...(interval ?? []), target, other], {
    unit,
    direction,
  });
  if (!domain) return null;
  return (
    <Scale
      domain={domain}
      value={value}
      interval={interval}
      limit={target === undefined ? undefined : { at: target, direction }}
      other={other}
      testId="target-bar"
    />
  );
}
