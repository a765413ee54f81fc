/**
 * The integer that Python's `int()` makes of a line of decimal digits, or
 * nothing where it raises.
 */
export function pythonInt(text: string): number | undefined {
  const trimmed = text.trim();
  return /^[+-]?\d+(_\d+)*$/.test(trimmed)
    ? Number(trimmed.replaceAll('_', ''))
    : undefined;
}

const codePoint = (hex: string) => {
  const value = Number.parseInt(hex, 16);
  return value <= 0x10ffff ? String.fromCodePoint(value) : '';
};

/** Python's codec raw-unicode-escape, as opcode `V` uses it. */
export function rawUnicodeEscape(text: string): string {
  return text.includes('\\')
    ? text.replace(
        /(\\*)\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g,
        (whole, before: string, short?: string, long?: string) =>
          before.length % 2 === 0
            ? `${before}${codePoint(short ?? long ?? '')}`
            : whole,
      )
    : text;
}

const SIMPLE: Record<string, string> = {
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * What opcode `S` makes of its line: a quoted Python literal with its escapes;
 * nothing where the unpickler raises.
 */
export function pythonLiteral(line: string): string | undefined {
  const quoted = /^(['"])(.*)\1$/s.exec(line.trim());
  return quoted?.[2].replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|([\s\S]))/g,
    (whole, octal?: string, hex?: string, other?: string) => {
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (hex) return codePoint(hex);
      return (
        SIMPLE[other ?? ''] ?? (/['"\\]/.test(other ?? '') ? other! : whole)
      );
    },
  );
}
