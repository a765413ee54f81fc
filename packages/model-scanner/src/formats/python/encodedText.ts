const LEAST = 400;
const LEAST_ESCAPES = 60;

/** What a long text of code is encoded in, if it seems to be. */
export function encodedText(text: string): string | undefined {
  if (text.length < LEAST_ESCAPES * 4) return undefined;
  const escapes = text.match(/\\x[0-9a-fA-F]{2}/g)?.length ?? 0;
  if (escapes >= LEAST_ESCAPES && escapes * 8 > text.length) {
    return `holds ${escapes} bytes in escapes`;
  }
  if (text.length < LEAST) return undefined;
  const plain = text.replace(/\\\n|\s+/g, '');
  if (plain.length < LEAST) return undefined;
  // A letter that comes again and again is a line or a mask.
  if (new Set(plain).size < 8) return undefined;
  if (/^[0-9a-fA-F]+$/.test(plain))
    return `holds ${plain.length} digits of hex`;
  const looksMixed =
    /[A-Z]/.test(plain) && /[a-z]/.test(plain) && /\d/.test(plain);
  return looksMixed && /^[A-Za-z0-9+/_-]+={0,2}$/.test(plain)
    ? `holds ${plain.length} letters of base64`
    : undefined;
}
