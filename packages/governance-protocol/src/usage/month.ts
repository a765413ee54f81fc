/**
 * The UTC month of a moment, `YYYY-MM`: budgets begin anew with each.
 *
 * @param at - ISO 8601 with any offset, or a date
 *
 * @public
 */
export function monthOf(at: string | Date): string {
  return new Date(at).toISOString().slice(0, 7);
}
