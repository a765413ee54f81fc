/** So many edits may a word be away from what was meant; short words are soon other words. */
export function editsAllowed(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

/**
 * Edits between two words, where an edit adds, drops or replaces a letter or
 * swaps two neighbours, and no part is edited twice (optimal string alignment).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, replaced);
      const isSwap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

/** The words of a vocabulary that are as near to a mistyped one as any, if near enough. */
export function nearest(word: string, vocabulary: string[]): string[] {
  let edits = editsAllowed(word);
  let found: string[] = [];
  for (const term of vocabulary) {
    const distance = editDistance(word, term);
    if (distance > 0 && distance <= edits) {
      if (distance < edits) found = [];
      edits = distance;
      found.push(term);
    }
  }
  return found.slice(0, 10);
}
