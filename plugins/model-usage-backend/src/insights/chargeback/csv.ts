/** A column of text, or of a number or moment that needs no care. */
export interface Column<T> {
  name: string;
  /** Absent stands for an empty cell. */
  text?: (row: T) => string | undefined;
  /** Digits, a sign and a point only; never changed. */
  number?: (row: T) => string | undefined;
}

/** What spreadsheets take for a formula (OWASP, CSV injection). */
const FORMULA = /^[\t\r]|^\s*[=+\-@]/;

/**
 * A cell of text by RFC 4180. A text that a spreadsheet would run is led by an
 * apostrophe, which it shows as text.
 */
export function textCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim()
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}

export const csvHeader = <T>(columns: Array<Column<T>>): string =>
  `${columns.map(({ name }) => textCell(name)).join(',')}\r\n`;

export function csvLine<T>(columns: Array<Column<T>>, row: T): string {
  const cells = columns.map(
    ({ text, number }) => number?.(row) ?? textCell(text?.(row) ?? ''),
  );
  return `${cells.join(',')}\r\n`;
}

/** Millionths as a decimal, without a float in between: `0.000042`, `12.5`. */
export function decimalOf(micros: number): string {
  const sign = micros < 0 ? '-' : '';
  const digits = BigInt(Math.abs(micros)).toString().padStart(7, '0');
  const whole = digits.slice(0, -6);
  const part = digits.slice(-6).replace(/0+$/, '');
  return `${sign}${whole}${part === '' ? '' : `.${part}`}`;
}
