const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, digits: number): Intl.NumberFormat {
  const name = `${currency} ${digits}`;
  const known = formats.get(name);
  if (known) return known;
  const format = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
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

/** `€12.40`; amounts below one with three digits: `$0.000075`. */
export function moneyText(amount: number, currency: string): string {
  const digits = digitsOf(amount);
  try {
    return formatOf(currency, digits).format(amount);
  } catch {
    // Three letters that the browser knows no currency for.
    return `${amount.toFixed(digits)} ${currency}`;
  }
}

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `12,400` */
export function countText(count: number): string {
  return whole.format(count);
}

/** `1 call`, `12,400 calls` */
export function callsText(count: number): string {
  return `${countText(count)} ${count === 1 ? 'call' : 'calls'}`;
}
