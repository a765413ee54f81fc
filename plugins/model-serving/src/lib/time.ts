const part = (count: number, unit: string) =>
  `${count} ${unit}${count === 1 ? '' : 's'}`;

/**
 * A span in two units at most: `3 hours 12 minutes`, `45 seconds`.
 *
 * @param ms - milliseconds; below zero counts as none
 */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours > 0) {
    return minutes > 0
      ? `${part(hours, 'hour')} ${part(minutes, 'minute')}`
      : part(hours, 'hour');
  }
  if (minutes >= 10) return part(minutes, 'minute');
  const rest = seconds % 60;
  if (minutes > 0) {
    return rest > 0
      ? `${part(minutes, 'minute')} ${part(rest, 'second')}`
      : part(minutes, 'minute');
  }
  return rest > 0 ? part(rest, 'second') : 'less than a second';
}

/** `3 hours 12 minutes left`, or that it is over. */
export function leftText(ms: number): string {
  return ms <= 0 ? 'Its time is over' : `${spanText(ms)} left`;
}
