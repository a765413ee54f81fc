import type { SanitationKind } from '@modelhub/governance-protocol';

/** Where something was found in a text. */
export interface Finding {
  /** What it is, for example `email`; never the text itself. */
  type: string;
  start: number;
  end: number;
}

/** Looks for one kind of thing. Takes time in proportion to the length of the text. */
export interface Detector {
  kind: SanitationKind;
  find(text: string): Finding[];
}

/** Every match of a pattern that a check, if any, agrees with. */
export function matches(
  text: string,
  pattern: RegExp,
  type: string,
  isOne: (match: string) => boolean = () => true,
): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(pattern)) {
    if (isOne(match[0])) {
      findings.push({
        type,
        start: match.index,
        end: match.index + match[0].length,
      });
    }
  }
  return findings;
}
