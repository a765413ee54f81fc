/** Amounts are counted in millionths of the currency, which are exact up to nine billion units. */
const MICROS = 1_000_000;

export const toMicros = (amount: number): number => Math.round(amount * MICROS);

export const fromMicros = (micros: number): number => micros / MICROS;

/** `12.40`; amounts below one as exactly as they are counted: `0.000042`. */
export function amountText(micros: number): string {
  return fromMicros(micros).toLocaleString('en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: micros < MICROS ? 6 : 2,
  });
}
