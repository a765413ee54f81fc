import type { CommercialUse } from '../model';
import { parseLicence, type LicenceNode } from './expression';
import type { LicenceDuty, LicenceTerms } from './types';

/**
 * A licence in plain words.
 *
 * @public
 */
export type LicenceSummary = {
  /** As it was written. */
  id: string;
  /** All parts are known. */
  known: boolean;
  /** Parts that are not. */
  unknown: string[];
  /** What people call it. */
  name: string;
  /** One sentence for a card. */
  summary: string;
  /** Undefined when it is not known. */
  commercialUse?: CommercialUse;
  /** The licences that bind; of `A OR B` the freer one. */
  licences: LicenceTerms[];
  duties: LicenceDuty[];
  /** Monthly active users above which another licence has to be asked for. */
  userThreshold?: number;
  /** Notices to show. */
  attributions: string[];
  /** Where forbidden uses are listed. */
  acceptableUses: string[];
  /** Texts of the licences. */
  urls: string[];
};

const FREEDOM: CommercialUse[] = ['no', 'conditional', 'yes'];

/** What binds whoever takes the freest way through an expression. */
type Bound = { terms: LicenceTerms[]; unknown: string[] };

function bind(node: LicenceNode): Bound {
  if (node.type === 'licence') {
    return node.terms
      ? { terms: [node.terms], unknown: [] }
      : { terms: [], unknown: [node.id] };
  }
  const left = bind(node.left);
  const right = bind(node.right);
  if (node.type === 'or')
    return freedomOf(left) >= freedomOf(right) ? left : right;
  return {
    terms: [...new Set([...left.terms, ...right.terms])],
    unknown: [...new Set([...left.unknown, ...right.unknown])],
  };
}

/** Higher is freer; what is unknown is never preferred to what is known. */
function freedomOf({ terms, unknown }: Bound): number {
  if (unknown.length > 0) return -1;
  const use = Math.min(...terms.map(t => FREEDOM.indexOf(t.commercialUse)));
  const duties = terms.reduce((n, t) => n + t.duties.length, 0);
  const free = terms.every(t => t.derivatives === 'notice') ? 1 : 0;
  return use * 1000 + free * 100 - duties;
}

/**
 * What a licence means, in plain words. Takes SPDX ids and expressions,
 * Hugging Face ids and `LicenseRef-…` of well-known model licences and provider
 * terms. No legal advice.
 *
 * @public
 */
export function licenceSummary(id: string): LicenceSummary {
  const node = parseLicence(id);
  const { terms, unknown } = node
    ? bind(node)
    : { terms: [], unknown: [id.trim() || 'no licence'] };
  const known = unknown.length === 0;
  const commercialUse = known
    ? FREEDOM[Math.min(...terms.map(t => FREEDOM.indexOf(t.commercialUse)))]
    : undefined;
  const thresholds = terms.flatMap(t => t.userThreshold ?? []);
  const distinct = (values: Array<string | undefined>) => [
    ...new Set(values.filter(value => value !== undefined)),
  ];
  const name = [...terms.map(t => t.name), ...unknown].join(' and ');
  return {
    id,
    known,
    unknown,
    name,
    summary: sentence(name, known, commercialUse, terms),
    commercialUse,
    licences: terms,
    duties: distinctDuties(terms.flatMap(t => t.duties)),
    ...(thresholds.length > 0 && { userThreshold: Math.min(...thresholds) }),
    attributions: distinct(terms.map(t => t.attribution)),
    acceptableUses: distinct(terms.map(t => t.acceptableUse)),
    urls: distinct(terms.map(t => t.url)),
  };
}

function distinctDuties(duties: LicenceDuty[]): LicenceDuty[] {
  return duties.filter(
    (duty, i) =>
      duties.findIndex(d => d.text === duty.text && d.when === duty.when) === i,
  );
}

function sentence(
  name: string,
  known: boolean,
  commercialUse: CommercialUse | undefined,
  terms: LicenceTerms[],
): string {
  if (!known) return `${name}: nobody has written down what this licence asks.`;
  if (commercialUse === 'no') return `${name}: not for commercial use.`;
  if (commercialUse === 'conditional') {
    return `${name}: commercial use under conditions.`;
  }
  if (terms.some(t => t.hosted)) {
    return `${name}: a hosted service, for commercial use under its terms.`;
  }
  return terms.some(t => t.derivatives === 'same-licence')
    ? `${name}: commercial use, and what you make from it stays under the same licence.`
    : `${name}: commercial use, with few duties.`;
}
