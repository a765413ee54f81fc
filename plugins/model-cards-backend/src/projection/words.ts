/**
 * Folds case (by way of upper case, so that ß is ss) and accents, the same on every database, so that no database
 * extension is needed for it.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
    .toLowerCase();
}

/** The words of a text: runs of letters and digits, folded. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const SYNONYMS: string[][] = [
  [
    'summarization',
    'summarisation',
    'summary',
    'summaries',
    'summarize',
    'summarise',
  ],
  ['chat', 'conversational', 'assistant', 'dialogue'],
  ['code', 'coding', 'programming'],
  ['asr', 'transcription', 'speech'],
  ['embedding', 'embeddings', 'vectors'],
  ['reranker', 'reranking', 'ranking'],
  ['translation', 'translate', 'translating'],
  ['ocr', 'scan'],
  ['vlm', 'vision'],
  ['llm', 'gpt'],
];

const synonymsByWord = new Map(
  SYNONYMS.flatMap(group => group.map(word => [word, group] as const)),
);

/**
 * What to look for: all words of the query have to match, each as a prefix of
 * a word or by one of its synonyms.
 */
export function parseQuery(q: string): string[][] {
  return [...new Set(wordsOf(q))]
    .slice(0, 12)
    .map(word => [...new Set([word, ...(synonymsByWord.get(word) ?? [])])]);
}
