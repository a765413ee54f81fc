import Alert from '@material-ui/lab/Alert';
import type {
  UncoveredProfile,
  UncoveredUse,
} from '@modelhub/backstage-plugin-models-common';
import {
  Loaded,
  type RoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { callsText, countText } from '../lib/money';
import { daysText, reasonText } from './words';

const several = (count: number, word: string) =>
  `${countText(count)} ${word}${count === 1 ? '' : 's'}`;

/** What enforcing refuses from now on, going by what passed so far. */
export function EnforcementWarning(props: {
  report: RoomQuery<{
    calls: number;
    items: UncoveredUse[];
    /** There are more than these. */
    more: boolean;
    sums: UncoveredProfile | undefined;
  }>;
  days: number;
}) {
  const { report, days } = props;
  return (
    <Loaded
      query={report}
      room="model-usage"
      failure="What it would refuse could not be found out"
    >
      {({ calls, items, more, sums }) =>
        calls === 0 || !sums ? (
          <Alert severity="success" role="status">
            Of the calls of {daysText(days)} it would have refused none.
          </Alert>
        ) : (
          <Alert severity="warning" role="status">
            It would have refused {callsText(calls)} of {daysText(days)}: to{' '}
            {several(sums.models, 'model')}, by {several(sums.keys, 'caller')}.
            <ul>
              {items.map(({ model, keyId, code, calls: count }) => (
                <li key={`${model} ${keyId} ${code}`}>
                  <code>{model}</code>, {callsText(count)}: {reasonText(code)}
                </li>
              ))}
              {more && <li>and more, which the report of the profile lists</li>}
            </ul>
          </Alert>
        )
      }
    </Loaded>
  );
}
