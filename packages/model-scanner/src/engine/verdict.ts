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

/** Whether a finding of this rule means that nobody knows what the file is. */
export function isUnreadable(rule: string): boolean {
  const table: Record<string, Rule> = rules;
  return table[rule]?.unreadable === true;
}

/** The gravest of several. What runs code goes before what cannot be read. */
export function worstOf(verdicts: Verdict[]): Verdict {
  const order: Verdict[] = ['malicious', 'error', 'suspicious'];
  return order.find(it => verdicts.includes(it)) ?? 'clean';
}

/** What its findings make of a file. What runs code goes before what cannot be read. */
export function verdictOf(findings: Finding[]): Verdict {
  if (findings.some(({ severity }) => severity === 'critical')) {
    return 'malicious';
  }
  if (findings.some(({ rule }) => isUnreadable(rule))) {
    return 'error';
  }
  return findings.some(({ severity }) => isAtLeast(severity, 'medium'))
    ? 'suspicious'
    : 'clean';
}
