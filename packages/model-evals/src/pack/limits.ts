/**
 * How large a pack may be.
 *
 * @public
 */
export const PACK_LIMITS = {
  /** Characters of `pack.yaml`. */
  packCharacters: 256 * 1024,
  cases: 10_000,
  /** Bytes of one line of `cases.jsonl` or `documents.jsonl`. */
  lineBytes: 256 * 1024,
  /** Bytes of `cases.jsonl`, and of `documents.jsonl`. */
  fileBytes: 64 * 1024 * 1024,
  documents: 10_000,
  scorers: 50,
  criteria: 100,
  samples: 100,
} as const;
