const steps: Array<[Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/**
 * A moment in words, seen from another: `3 days ago`, `in 2 hours`, `now`.
 *
 * @public
 */
export function relativeTimeText(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
  // What has 72 hours left ends in three days, also a second later.
  const whole = seconds > 0 ? Math.round : Math.trunc;
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) {
      return format.format(whole(seconds / length), unit);
    }
  }
  return 'just now';
}

/**
 * A moment in words, with the exact time for pointers and screen readers.
 *
 * @public
 */
export function RelativeTime({ at, now }: { at: string; now?: Date }) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <>{at}</>;
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString('en-GB')}>
      {relativeTimeText(date, now ?? new Date())}
    </time>
  );
}
