import Typography from '@material-ui/core/Typography';
import type {
  ObjectiveInput,
  ObjectivePreview,
} from '@modelhub/backstage-plugin-models-common';
import {
  errorText,
  modelUsageApiRef,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { useEffect, useState } from 'react';
import { eventsText, leftText, shareText } from './words';

/** So long nobody types any more. */
const STILL_MS = 400;

/** What it is once nobody changes it any more. */
function useStill<T>(value: T): T {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), STILL_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return still;
}

/** How terms would have been kept, in a sentence. */
export function previewText(
  { kept, events, good, budgetLeft, days }: ObjectivePreview,
  { target, windowDays }: Pick<ObjectiveInput, 'target' | 'windowDays'>,
): string {
  if (kept === undefined) {
    return `Nothing was counted over the last ${windowDays} days, so nothing is known of how it would have been kept.`;
  }
  const worst = days.reduce((a, b) => (b.burn > a.burn ? b : a), days[0]);
  const verdict = kept >= target ? 'kept' : 'missed';
  const share =
    kept >= target
      ? `of the error budget ${leftText(budgetLeft).toLowerCase()}`
      : `${leftText(budgetLeft).toLowerCase()}`;
  const day =
    worst && worst.good < worst.events
      ? ` The worst day was ${worst.day}: ${eventsText(
          worst.events,
          worst.good,
        )}.`
      : '';
  return `Over the last ${windowDays} days ${shareText(
    kept,
  )} were good (${eventsText(
    events,
    good,
  )}): it would have been ${verdict}, ${share}.${day}`;
}

/** How an objective would have been kept, while one sets it. */
export function Preview({ input }: { input: ObjectiveInput | undefined }) {
  const { notify, ...terms } = input ?? {};
  const wanted = useStill(input ? JSON.stringify(terms) : '');
  const query = useRoomQuery(
    modelUsageApiRef,
    async (api, signal) => {
      if (!wanted) return undefined;
      const body: ObjectiveInput = JSON.parse(wanted);
      return {
        body,
        found: await api.previewObjective({ body }, { signal }),
      };
    },
    [wanted],
  );
  let words = 'Fill in the fields to see how it would have been kept.';
  if (query.status === 'error' || query.status === 'forbidden') {
    words = `How it would have been kept is not known: ${errorText(
      query.error,
    )}`;
  } else if (input && query.value) {
    words = previewText(query.value.found, query.value.body);
  } else if (input) {
    words = 'Looking how it would have been kept…';
  }
  return (
    <Typography variant="body2" role="status">
      {words}
    </Typography>
  );
}
