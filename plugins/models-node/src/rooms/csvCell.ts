/** What spreadsheets take for a formula (OWASP, CSV injection). */
const FORMULA = /^[\t\r]|^\s*[=+\-@]/;

/**
 * A cell of text by RFC 4180. A text that a spreadsheet would run is led by an
 * apostrophe, which it shows as text.
 *
 * @public
 */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim()
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}
