/**
 * Millionths of a decimal number as it is written, without floating point:
 * digits beyond the sixth are rounded, half away from zero. `undefined` for
 * what is no number, or too large to be counted exactly.
 */
export function microsOfText(text: string): number | undefined {
  const match = /^(\d{1,12})(?:\.(\d*))?$/.exec(text);
  if (!match) return undefined;
  const [, whole, fraction = ''] = match;
  const digits = fraction.padEnd(7, '0');
  const micros =
    Number(whole) * 1_000_000 +
    Number(digits.slice(0, 6)) +
    (digits[6] >= '5' ? 1 : 0);
  return Number.isSafeInteger(micros) ? micros : undefined;
}

/** A whole number as it is written. */
export function countOfText(text: string): number | undefined {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
