import { csvCell } from '@modelhub/backstage-plugin-models-node';

/** A column of text, or of a number or moment that needs no care. */
export interface Column<T> {
  name: string;
  /** Absent stands for an empty cell. */
  text?: (row: T) => string | undefined;
  /** Digits, a sign and a point only; never changed. */
  number?: (row: T) => string | undefined;
}

export const csvHeader = <T>(columns: Array<Column<T>>): string =>
  `${columns.map(({ name }) => csvCell(name)).join(',')}\r\n`;

export function csvLine<T>(columns: Array<Column<T>>, row: T): string {
  const cells = columns.map(
    ({ text, number }) => number?.(row) ?? csvCell(text?.(row) ?? ''),
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
