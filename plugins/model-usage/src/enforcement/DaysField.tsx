import { ChoiceField } from '@modelhub/backstage-plugin-models-react';
import { DAYS, daysOf, daysText } from './words';

/** How far back a report looks. */
export function DaysField(props: {
  days: number;
  onChange: (days: number) => void;
}) {
  const { days, onChange } = props;
  return (
    <ChoiceField
      id="enforcement-days"
      label="Calls of"
      value={String(days)}
      choices={DAYS.map(value => ({
        value: String(value),
        label: daysText(value),
      }))}
      onChange={value => onChange(daysOf(value))}
    />
  );
}
