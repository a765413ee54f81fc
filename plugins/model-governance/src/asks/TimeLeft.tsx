import { useEffect, useState } from 'react';

const plural = (count: number, unit: string) =>
  `${count} ${unit}${count === 1 ? '' : 's'}`;

/** `2 minutes 5 seconds left`; a call waits for minutes, so seconds count. */
export function leftText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 0) return 'Its time is over';
  const minutes = Math.floor(seconds / 60);
  return [
    ...(minutes > 0 ? [plural(minutes, 'minute')] : []),
    ...(seconds % 60 > 0 ? [plural(seconds % 60, 'second')] : []),
    'left',
  ].join(' ');
}

/** How long a call still waits, from second to second; not read out each time. */
export function TimeLeft({ until }: { until: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={until} title={new Date(until).toLocaleTimeString()}>
      {leftText(Date.parse(until) - now)}
    </time>
  );
}
