import type { TemplateReport } from './Judge';

/** Characters that nobody sees: directions, tags, joiners without a neighbour. */
const HIDDEN =
  /[\u00ad\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;
const MARKUP =
  /<\s*(script|iframe|object|embed|svg|img)\b[^>]{0,200}=|<\s*script\b|javascript:/i;
const ORDERS =
  /\b(ignore|disregard|forget)\s+(all\s+|any\s+)?(of\s+)?(the\s+|your\s+)?(previous|prior|above|earlier)\s+(instructions|rules|prompts)/i;
const ADDRESS =
  /\b(?:https?|ftp|wss?):\/\/[^\s'"<>)\]]+|\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/i;

/** Judges text that becomes a part of prompts. */
export function judgeText(
  text: string,
  at: number,
  report: TemplateReport,
): void {
  const hidden = HIDDEN.exec(text);
  if (hidden) {
    const code = (hidden[0].codePointAt(0) ?? 0).toString(16);
    report(
      'template-disguised-text',
      at + hidden.index,
      `holds the invisible character U+${code.toUpperCase().padStart(4, '0')}`,
    );
  }
  for (const pattern of [MARKUP, ORDERS]) {
    const found = pattern.exec(text);
    if (found) {
      report(
        'template-web-content',
        at + found.index,
        `puts out ${JSON.stringify(found[0].slice(0, 60))}`,
      );
    }
  }
  const address = ADDRESS.exec(text);
  if (address) {
    report(
      'template-address',
      at + address.index,
      `holds the address ${address[0].slice(0, 200)}`,
    );
  }
}
