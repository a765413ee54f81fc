import { createHash } from 'node:crypto';
import { canonicalJson } from '@modelhub/governance-protocol';
import type { EvaluationPack } from './types';

/** `sha256:…` over the canonical form of a JSON value. */
export const digestOf = (value: unknown): string =>
  `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`;

/**
 * Digest of a pack: of whatever makes its numbers and says what they have to
 * be. Two packs that differ in name, title, owner or purposes only have the
 * same.
 *
 * @throws TypeError where a text has no canonical form
 */
export function packDigest(pack: Omit<EvaluationPack, 'digest'>): string {
  const { type, task, request, scorers, criteria, fairness } = pack;
  const { cases, documents } = pack;
  return digestOf({
    type,
    task,
    request,
    scorers,
    criteria,
    fairness,
    cases,
    documents,
  });
}
