/**
 * Why two results, or two groups of a result, cannot be compared, and what to
 * do about it.
 *
 * @public
 */
export class ComparisonError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ComparisonError';
  }
}
