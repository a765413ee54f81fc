import type { Purpose } from '@modelhub/backstage-plugin-models-common';

/**
 * In which ways a changed purpose allows more than before: approvals were
 * decided, and data protection agreed, for what it allowed then.
 */
export function allowsMore(before: Purpose, after: Purpose): string[] {
  const classes = after.dataClasses.filter(
    one => !before.dataClasses.includes(one),
  );
  const regions = after.regions.filter(one => !before.regions.includes(one));
  const wider =
    before.regions.length > 0 &&
    (after.regions.length === 0 || regions.length > 0);
  const where = after.regions.length === 0 ? 'any region' : regions.join(', ');
  const { maxRetentionDays: then } = before;
  const { maxRetentionDays: now } = after;
  const longer = then !== undefined && (now === undefined || now > then);
  return [
    ...classes.map(one => `data of class ${one}`),
    ...(wider ? [`processing in ${where}`] : []),
    ...(longer
      ? [now === undefined ? 'keeping for any time' : `keeping for ${now} days`]
      : []),
  ];
}
