const SINGLE: Record<string, string> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ESCAPE =
  /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{[^}]*\}|([\s\S]))/g;

/** A text as Python reads it, and whether plain letters of it were escapes. */
export function unescapePython(body: string): {
  text: string;
  isDisguised: boolean;
} {
  let isDisguised = false;
  const text = body.replace(
    ESCAPE,
    (
      whole,
      octal?: string,
      x?: string,
      u?: string,
      long?: string,
      one = '',
    ) => {
      const digits = x ?? u ?? long;
      if (octal === undefined && digits === undefined) {
        if (one === '') isDisguised = true;
        return SINGLE[one] ?? whole;
      }
      const code =
        octal === undefined
          ? Number.parseInt(digits ?? '', 16)
          : Number.parseInt(octal, 8);
      if (code > 0x10ffff) return whole;
      const char = String.fromCodePoint(code);
      if (/^[\w.]$/.test(char)) isDisguised = true;
      return char;
    },
  );
  return { text, isDisguised };
}
