import type { Purpose } from '@modelhub/backstage-plugin-models-common';

/** What a purpose allows. */
export type PurposeTerms = Pick<
  Purpose,
  'dataClasses' | 'regions' | 'maxRetentionDays' | 'uses'
>;

/** What was in force at a moment; what is known first for an earlier one. */
export function termsAt(
  history: Array<{ since: string; terms: PurposeTerms }>,
  moment: string,
): PurposeTerms {
  const found = history.findLast(({ since }) => since <= moment);
  return (found ?? history[0]).terms;
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
  // Licences were judged for what was said then; nothing was said of what is new.
  const uses = (after.uses ?? []).filter(one => !before.uses?.includes(one));
  return [
    ...classes.map(one => `data of class ${one}`),
    ...(wider ? [`processing in ${where}`] : []),
    ...(longer
      ? [now === undefined ? 'keeping for any time' : `keeping for ${now} days`]
      : []),
    ...uses.map(one => `the use ${one}`),
    ...(before.uses && !after.uses ? ['any use'] : []),
  ];
}
