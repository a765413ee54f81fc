import { fromVector } from 'ae-cvss-calculator';
import type { Finding } from '@modelhub/backstage-plugin-models-common';
import type { OsvAdvisory, OsvAffected } from './osv';

export type Severity = Finding['severity'];

/** How grave an advisory is, and by what. */
export interface Graveness {
  /** Undefined where the advisory does not say. */
  severity?: Severity;
  /** 0 to 10. */
  score?: number;
  /** The CVSS vector that the score was computed from. */
  vector?: string;
}

const WORDS: Record<string, Severity> = {
  critical: 'critical',
  high: 'high',
  important: 'high',
  moderate: 'medium',
  medium: 'medium',
  low: 'low',
  none: 'info',
};

/** Newer systems before older ones. */
const SYSTEMS = ['CVSS_V4', 'CVSS_V3', 'CVSS_V2'];

/** CVSS's own scale: https://www.first.org/cvss/v4.0/specification-document#Qualitative-Severity-Rating-Scale */
export function ratingOf(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}

/** Undefined when the vector is no whole one. */
export function scoreOf(vector: string): number | undefined {
  try {
    return fromVector(vector)?.calculateScores().base;
  } catch {
    return undefined;
  }
}

/**
 * From the CVSS vector, that of the package before that of the advisory; where
 * there is none, from the database's own word.
 */
export function gravenessOf(
  advisory: OsvAdvisory,
  affected: OsvAffected,
): Graveness {
  const given = [...(affected.severity ?? []), ...(advisory.severity ?? [])];
  for (const system of SYSTEMS) {
    for (const { type, score: vector } of given) {
      const score = type === system ? scoreOf(vector) : undefined;
      if (score !== undefined) {
        return { severity: ratingOf(score), score, vector };
      }
    }
  }
  const word = advisory.database_specific?.severity;
  const severity =
    typeof word === 'string' ? WORDS[word.toLowerCase()] : undefined;
  return severity ? { severity } : {};
}
