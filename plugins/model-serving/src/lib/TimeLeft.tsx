import { leftText } from './time';
import { useNow } from './useNow';

/** How long something still lives, from second to second; not read out each time. */
export function TimeLeft({ until }: { until: string }) {
  const now = useNow();
  return (
    <time dateTime={until} title={new Date(until).toLocaleString('en-GB')}>
      {leftText(Date.parse(until) - now)}
    </time>
  );
}
