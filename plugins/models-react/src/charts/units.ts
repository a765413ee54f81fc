/**
 * What the numbers of a picture are, and how they are written.
 *
 * @public
 */
export interface ChartUnit {
  /** In a sentence: `12,400 calls`. */
  text: (value: number) => string;
  /** In a cell, whose header has the name: `12,400`. */
  figure: (value: number) => string;
  /** On an axis: `12k`. */
  short: (value: number) => string;
  /** In headers and captions: `calls`, `EUR`, `%`, `ms`. */
  name: string;
  /** Whether the values of several periods make a total. */
  adds: boolean;
  /** Whether there are no fractions of it, so that axes show none. */
  whole?: boolean;
}

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-GB', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});

/**
 * A number of things without fractions: `12,400`.
 *
 * @public
 */
export function countText(count: number): string {
  return whole.format(count);
}

/**
 * A number in three digits: `12.4k`, `1.2m`.
 *
 * @public
 */
export function compactText(value: number): string {
  return compact.format(value);
}

const formats = new Map<string, Intl.NumberFormat>();

function moneyFormat(
  currency: string,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const name = `${currency} ${JSON.stringify(options)}`;
  const known = formats.get(name);
  if (known) return known;
  const format = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...options,
  });
  formats.set(name, format);
  return format;
}

/** Decimals that show three digits of what one call costs, and hundredths of more. */
function digitsOf(amount: number): number {
  const size = Math.abs(amount);
  if (size === 0 || size >= 1) return 2;
  return Math.min(2 - Math.floor(Math.log10(size)), 9);
}

/**
 * `€12.40`; amounts below one with three digits: `$0.000075`.
 *
 * @public
 */
export function moneyText(amount: number, currency: string): string {
  const digits = digitsOf(amount);
  try {
    return moneyFormat(currency, {
      minimumFractionDigits: 2,
      maximumFractionDigits: digits,
    }).format(amount);
  } catch {
    // Three letters that the browser knows no currency for.
    return `${amount.toFixed(digits)} ${currency}`;
  }
}

/**
 * Things that are counted, e.g. calls or tokens.
 *
 * @public
 */
export function countUnit(one: string, many: string): ChartUnit {
  return {
    text: value => `${countText(value)} ${value === 1 ? one : many}`,
    figure: countText,
    short: compactText,
    name: many,
    adds: true,
    whole: true,
  };
}

/**
 * Amounts in one currency (ISO 4217).
 *
 * @public
 */
export function moneyUnit(currency: string): ChartUnit {
  return {
    text: value => moneyText(value, currency),
    figure: value => moneyText(value, currency),
    short: value => {
      if (Math.abs(value) < 1) return moneyText(value, currency);
      try {
        return moneyFormat(currency, {
          notation: 'compact',
          maximumSignificantDigits: 3,
        }).format(value);
      } catch {
        return `${compactText(value)} ${currency}`;
      }
    },
    name: currency,
    adds: true,
  };
}

/**
 * A part of one in per cent: `0.125` → `12.5 %`.
 *
 * @public
 */
export function percentText(share: number): string {
  const percent = share * 100;
  const size = Math.abs(percent);
  const digits = (size >= 10 || size === 0) && size < 99.5 ? 0 : 2;
  return `${new Intl.NumberFormat('en-GB', {
    maximumFractionDigits: size >= 1 && size < 10 ? 1 : digits,
  }).format(percent)} %`;
}

/**
 * Shares from 0 to 1, written in per cent.
 *
 * @public
 */
export const shareUnit: ChartUnit = {
  text: percentText,
  figure: percentText,
  short: percentText,
  name: '%',
  adds: false,
};

/**
 * A length of time given in milliseconds: `240 ms`, `1.24 s`, `12.4 s`, `3 min`.
 *
 * @public
 */
export function durationText(ms: number): string {
  const digits = (value: number) =>
    new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 }).format(
      value,
    );
  if (Math.abs(ms) < 999.5) return `${digits(ms)} ms`;
  if (Math.abs(ms) < 119_500) return `${digits(ms / 1000)} s`;
  return `${digits(ms / 60_000)} min`;
}

/**
 * Times in milliseconds.
 *
 * @public
 */
export const durationUnit: ChartUnit = {
  text: durationText,
  figure: durationText,
  short: durationText,
  name: 'time',
  adds: false,
};

/**
 * Plain numbers, e.g. a statistic or a score, with up to three digits.
 *
 * @public
 */
export function numberUnit(name: string): ChartUnit {
  const text = (value: number) =>
    new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 }).format(
      value,
    );
  return { text, figure: text, short: text, name, adds: false };
}
