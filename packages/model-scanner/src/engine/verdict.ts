import { rules, type Rule } from '../rules';
import type { Finding, Severity, Verdict } from '../types';

const ORDER: Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/**
 * Whether a severity is at least another.
 *
 * @public
 */
export const isAtLeast = (severity: Severity, least: Severity) =>
  ORDER.indexOf(severity) >= ORDER.indexOf(least);

/** What its findings make of a file. What runs code goes before what cannot be read. */
export function verdictOf(findings: Finding[]): Verdict {
  if (findings.some(({ severity }) => severity === 'critical')) {
    return 'malicious';
  }
  const table: Record<string, Rule> = rules;
  if (findings.some(({ rule }) => table[rule]?.unreadable)) {
    return 'error';
  }
  return findings.some(({ severity }) => isAtLeast(severity, 'medium'))
    ? 'suspicious'
    : 'clean';
}
