import type { Finding } from '../generated/model-governance';

/**
 * Id of the gate that looks for known advisories along the lineage.
 *
 * @public
 */
export const ADVISORIES_GATE = 'advisories';

/**
 * Something that advisories were looked for on.
 *
 * @public
 */
export type AdvisoryItem = {
  /** The model itself, one that it was made from, or a program that runs it. */
  role: 'model' | 'ancestor' | 'runtime';
  title: string;
  /** Entity ref, of models. */
  ref?: string;
  /** Version, commit or digest that was compared; absent when nobody says. */
  version?: string;
  /** Names under which it was looked for: `pkg:huggingface/acme/router`, `PyPI vllm`. */
  names: string[];
};

/**
 * An advisory on something in the lineage.
 *
 * @public
 */
export type AdvisoryMatch = {
  id: string;
  aliases: string[];
  summary: string;
  /** Absent where the advisory does not say. */
  severity?: Finding['severity'];
  /** CVSS base score, 0 to 10. */
  score?: number;
  /** CVSS vector. */
  vector?: string;
  /** Index in {@link AdvisoriesEvidence.items}. */
  item: number;
  /** Whether the version is meant, or it cannot be told. */
  certainty: 'affected' | 'possible';
  /** Why it cannot be told. */
  because?: string;
  /** Versions from which on it is mended. */
  fixedIn: string[];
  /** ISO 8601. */
  published?: string;
  link?: string;
  /** `accepted`: the policy names it. */
  effect: 'stops' | 'warns' | 'noted' | 'accepted';
};

/**
 * What the gate `advisories` leaves as evidence.
 *
 * @public
 */
export type AdvisoriesEvidence = {
  kind: 'advisories';
  /** ISO 8601. */
  checkedAt: string;
  /** From this severity on an advisory stops the request. */
  failOn: Finding['severity'];
  items: AdvisoryItem[];
  /** Where it was looked, and as of when (ISO 8601). */
  sources: Array<{
    id: string;
    title: string;
    asOf: string;
    advisories: number;
  }>;
  /** The gravest first, at most 100. */
  matches: AdvisoryMatch[];
  moreMatches: number;
};
