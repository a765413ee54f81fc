const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, digits: number): Intl.NumberFormat {
  const name = `${currency} ${digits}`;
  const known = formats.get(name);
  if (known) return known;
  const format = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    minimumFractionDigits: Math.min(2, digits),
    maximumFractionDigits: digits,
  });
  formats.set(name, format);
  return format;
}

/** What one call costs may be less than a hundredth of the unit. */
const SMALL = 1;

/** `€12.40`; small amounts with more digits: `$0.0031`. */
export function moneyText(amount: number, currency: string): string {
  const digits = amount !== 0 && Math.abs(amount) < SMALL ? 4 : 2;
  const least = 10 ** -digits;
  try {
    return amount > 0 && amount < least
      ? `less than ${formatOf(currency, digits).format(least)}`
      : formatOf(currency, digits).format(amount);
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
