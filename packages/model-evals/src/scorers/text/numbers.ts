const SPACES = '\u00a0\u2009\u202f';

interface Separators {
  decimal: string;
  group: string;
}

const kept = new Map<string, Separators>();

/** Whether numbers can be read as people of a locale write them. */
export function isLocale(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf([locale]).length === 1;
  } catch {
    return false;
  }
}

function separatorsOf(locale: string): Separators {
  const known = kept.get(locale);
  if (known) return known;
  const parts = new Intl.NumberFormat(locale, {
    useGrouping: true,
    minimumFractionDigits: 1,
  }).formatToParts(1_234_567.5);
  const of = (type: string) => parts.find(it => it.type === type)?.value ?? '';
  const made = { decimal: of('decimal'), group: of('group') };
  kept.set(locale, made);
  return made;
}

const isDigit = (code: number) => /\p{Nd}/u.test(String.fromCodePoint(code));

/** Digits of every script as those of ASCII. */
const asciiDigits = (text: string) =>
  text.replace(/(?![0-9])\p{Nd}/gu, digit => {
    const code = digit.codePointAt(0) ?? 0;
    let value = 0;
    while (value < 9 && isDigit(code - value - 1)) value++;
    return String(value);
  });

const escaped = (letters: string) => letters.replace(/[\\\]^-]/g, '\\$&');

/** A number in a text. */
export interface FoundNumber {
  value: number;
  isPercent: boolean;
}

/**
 * The numbers of a text, in order, as a locale writes them: thousands may be
 * apart, decimals behind its separator, with sign, exponent (`1.5e3`,
 * `1.5 × 10^3`) and per cent.
 */
export function numbersIn(text: string, locale = 'en'): FoundNumber[] {
  const { decimal, group } = separatorsOf(locale);
  // French groups by a narrow space, and people type a plain one; Swiss
  // people type either apostrophe.
  const apart = `${escaped(group)}${SPACES}${/\s/u.test(group) ? ' ' : ''}${
    /['’]/u.test(group) ? "'’" : ''
  }`;
  const point = `[${escaped(decimal)}]`;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_]|\\d[${escaped(decimal)}])` +
      `(?<sign>(?<![\\p{L}\\p{N})\\]])[-+\u2212\u2013])?\\p{Sc}?` +
      `(?<whole>\\d{1,3}(?:[${apart}]\\d{2,3}){0,12}[${apart}]\\d{3}(?!\\d)|\\d+|(?=${point}\\d))` +
      `(?:${point}(?<part>\\d+))?` +
      `(?:[eE](?<power>[-+]?\\d{1,3})(?![\\p{L}\\p{N}])|\\s?[×x*·]\\s?10\\s?\\^\\s?\\(?(?<ten>[-+\u2212]?\\d{1,3}))?` +
      `(?<percent>\\s?%)?`,
    'gu',
  );
  return [...asciiDigits(text).matchAll(pattern)].flatMap(({ groups = {} }) => {
    const whole = groups.whole.replace(/\D/g, '') || '0';
    const power = (groups.power ?? groups.ten ?? '0').replace('\u2212', '-');
    const value = Number(`${whole}.${groups.part ?? '0'}e${Number(power)}`);
    if (!Number.isFinite(value)) return [];
    const isNegative = groups.sign !== undefined && groups.sign !== '+';
    return [
      {
        value: isNegative ? -value : value,
        isPercent: groups.percent !== undefined,
      },
    ];
  });
}
