/** Amounts are counted in millionths of the currency, which are exact up to nine billion units. */
const MICROS = 1_000_000;

export const toMicros = (amount: number): number => Math.round(amount * MICROS);

export const fromMicros = (micros: number): number => micros / MICROS;
