import type { Purpose } from '@modelhub/backstage-plugin-models-common';

/** What a purpose allows. */
export type PurposeTerms = Pick<
  Purpose,
  'dataClasses' | 'regions' | 'maxRetentionDays'
>;

/** What was in force at each of the moments, each once. */
export function inForceAt(
  history: Array<{ since: string; terms: PurposeTerms }>,
  moments: string[],
): PurposeTerms[] {
  const found = moments.map(
    at => history.findLast(({ since }) => since <= at) ?? history[0],
  );
  return [...new Set(found)].map(({ terms }) => terms);
}

/**
 * In which ways changed terms allow more than earlier ones: approvals were
 * decided, and data protection agreed, for what was allowed then.
 */
export function allowsMore(
  before: PurposeTerms,
  after: PurposeTerms,
): string[] {
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
