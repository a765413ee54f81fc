/** A cell that no spreadsheet takes for a formula. */
function cell(value: string | number | boolean | undefined): string {
  const text = value === undefined ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Rows as comma-separated values with a head, by RFC 4180. */
export function toCsv<T>(
  rows: T[],
  columns: Record<string, (row: T) => string | number | boolean | undefined>,
): string {
  const lines = [
    Object.keys(columns),
    ...rows.map(row => Object.values(columns).map(value => value(row))),
  ];
  return `${lines.map(line => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
