import type {
  AdvisoriesEvidence,
  AdvisoryMatch,
  Finding,
} from '@modelhub/backstage-plugin-models-common';
import type { GateOutcome } from '@modelhub/backstage-plugin-models-node';
import { clean } from '../artifactScan/summarise';
import type { AdvisoryAnswer } from './AdvisoryService';
import type { AskedItem } from './items';
import type { Match } from './match';
import type { Severity } from './severity';

/** What policies can tell the gate. */
export interface AdvisoryParams {
  failOn?: Severity;
  unknownSeverity?: Severity;
  uncertain?: 'note' | 'warn' | 'fail';
  accepted?: string[];
  requireSources?: string[];
}

/** From the laxest to the strictest, as `failOn`. */
export const SEVERITIES: Severity[] = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
];

const MAX_MATCHES = 100;
const EFFECTS: AdvisoryMatch['effect'][] = [
  'stops',
  'warns',
  'noted',
  'accepted',
];

/** Ids of databases that osv.dev has; own ones have no page there. */
const PUBLIC_ID = /^(GHSA|CVE|PYSEC|GO|OSV|MAL|RUSTSEC)-/;

const namesOf = ({ packages }: AskedItem) =>
  packages.map(({ purl, ecosystem, name }) => purl ?? `${ecosystem} ${name}`);

const versionOf = ({ known }: AskedItem) =>
  known.version ?? known.commit ?? known.digest;

/** A page for people; anything that is not a web address is no link. */
function linkOf(
  { advisory }: Match,
  source: 'osv' | 'own',
): string | undefined {
  const web = (advisory.references ?? []).filter(({ url }) =>
    /^https?:\/\//i.test(url),
  );
  const best = web.find(({ type }) => type === 'ADVISORY') ?? web[0];
  if (best) return clean(best.url, 1000);
  return source === 'osv' && PUBLIC_ID.test(advisory.id)
    ? `https://osv.dev/vulnerability/${encodeURIComponent(advisory.id)}`
    : undefined;
}

function effectOf(
  match: Match,
  params: AdvisoryParams,
): AdvisoryMatch['effect'] {
  const {
    failOn = 'high',
    unknownSeverity = 'high',
    uncertain = 'warn',
  } = params;
  const names = [match.advisory.id, ...(match.advisory.aliases ?? [])];
  if (names.some(name => params.accepted?.includes(name))) return 'accepted';
  const severity = match.severity ?? unknownSeverity;
  if (SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(failOn)) return 'noted';
  if (match.certainty === 'affected') return 'stops';
  return { note: 'noted', warn: 'warns', fail: 'stops' }[uncertain] as
    | 'noted'
    | 'warns'
    | 'stops';
}

function present(
  match: Match,
  items: AskedItem[],
  params: AdvisoryParams,
): AdvisoryMatch {
  const { advisory, severity, score, vector, certainty, because } = match;
  const link = linkOf(match, match.package.isPublic ? 'osv' : 'own');
  return {
    id: clean(advisory.id, 200),
    aliases: (advisory.aliases ?? []).slice(0, 10).map(it => clean(it, 200)),
    summary: clean(
      advisory.summary ?? advisory.details?.split('\n')[0] ?? 'No summary.',
      300,
    ),
    ...(severity && { severity }),
    ...(score !== undefined && { score }),
    ...(vector && { vector: clean(vector, 300) }),
    item: items.indexOf(match.item),
    certainty,
    ...(because && { because: clean(because, 300) }),
    fixedIn: match.fixedIn.slice(0, 5).map(it => clean(it, 100)),
    ...(advisory.published && { published: clean(advisory.published, 40) }),
    ...(link && { link }),
    effect: effectOf(match, params),
  };
}

const fieldOf = {
  model: 'spec.versions',
  ancestor: 'spec.baseModel',
  runtime: 'spec.compatibility.frameworks',
};

function howToFix(match: AdvisoryMatch, item: AskedItem): string {
  const upgrade =
    match.fixedIn.length > 0 ? ` (${match.fixedIn.join(', ')} or later)` : '';
  if (match.certainty === 'possible') {
    return item.role === 'runtime'
      ? `Say which version runs: in spec.compatibility.frameworks as ${
          item.title
        }==1.2.3, or an administrator in modelGovernance.advisories.runtimes. It is mended${
          upgrade || ' in no version that the advisory names'
        }.`
      : 'Name the revision of the artifact, or read the advisory and ask security for a waiver.';
  }
  if (item.role === 'runtime') {
    return match.fixedIn.length > 0
      ? `Run ${item.title} in a version that is mended${upgrade}, and say so.`
      : `The advisory names no version that is mended: run the model with something else, or ask security for a waiver.`;
  }
  return item.role === 'model'
    ? `Choose a version that the advisory does not name${upgrade}, or another model.`
    : `Choose a model that was not made from ${item.title}, or ask its maker for a mended one${upgrade}.`;
}

function findingOf(
  match: AdvisoryMatch,
  item: AskedItem,
  fallback: Severity,
): Finding {
  const about = versionOf(item)
    ? `${item.title} ${versionOf(item)}`
    : item.title;
  return {
    id: `${match.id}-${item.role}-${match.item}`,
    severity: match.severity ?? fallback,
    field: fieldOf[item.role],
    message: `${match.id} ${
      match.certainty === 'affected' ? 'is about' : 'may be about'
    } ${about}${match.because ? ` (${match.because})` : ''}: ${match.summary}`,
    howToFix: howToFix(match, item),
    ...(match.link && { link: match.link }),
  };
}

const count = (n: number, one: string, many = `${one}s`) =>
  `${n} ${n === 1 ? one : many}`;

/** What was found, weighed as the policy says. */
export function judge(
  items: AskedItem[],
  answer: AdvisoryAnswer,
  params: AdvisoryParams,
  now: Date,
): GateOutcome {
  const rank = (match: AdvisoryMatch) =>
    EFFECTS.indexOf(match.effect) * 10 +
    SEVERITIES.indexOf(match.severity ?? params.unknownSeverity ?? 'high');
  const matches = answer.matches
    .map(match => present(match, items, params))
    .sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id));
  const missing = items.filter(item => item.missing);
  const evidence: AdvisoriesEvidence = {
    kind: 'advisories',
    checkedAt: now.toISOString(),
    failOn: params.failOn ?? 'high',
    items: items.map(item => ({
      role: item.role,
      title: item.title,
      ...(item.ref && { ref: item.ref }),
      ...(versionOf(item) && { version: versionOf(item) }),
      names: namesOf(item),
    })),
    sources: answer.sources.map(source => ({
      ...source,
      asOf: source.asOf.toISOString(),
    })),
    matches: matches.slice(0, MAX_MATCHES),
    moreMatches: Math.max(0, matches.length - MAX_MATCHES),
  };
  const findings = [
    ...evidence.matches.map(match =>
      findingOf(match, items[match.item], params.unknownSeverity ?? 'high'),
    ),
    ...missing.map(
      ({ title, ref }): Finding => ({
        id: `lineage-missing-${ref}`,
        severity: 'medium',
        field: 'spec.baseModel',
        message: `${title} is not in the catalog, so nobody looks for advisories on it.`,
        howToFix: `Register ${ref} with its artifact.`,
      }),
    ),
  ];
  const stopping = matches.filter(({ effect }) => effect === 'stops');
  const warning = matches.filter(({ effect }) => effect === 'warns');
  const outcome = { findings, evidence };
  const say = (some: AdvisoryMatch[]) =>
    `${some
      .slice(0, 3)
      .map(({ id, item }) => `${id} (${items[item].title})`)
      .join(', ')}${some.length > 3 ? ` and ${some.length - 3} more` : ''}`;
  if (stopping.length > 0) {
    return {
      verdict: 'fail',
      summary: `Known advisories stop it: ${say(stopping)}.`,
      ...outcome,
    };
  }
  if (warning.length > 0) {
    return {
      verdict: 'warn',
      summary: `It cannot be told whether it is affected: ${say(warning)}.`,
      ...outcome,
    };
  }
  const looked = `${count(
    items.length,
    'name',
  )} along the lineage, in ${answer.sources
    .map(({ title }) => title)
    .join(', ')}`;
  if (missing.length > 0 && params.uncertain !== 'note') {
    return {
      verdict: params.uncertain === 'fail' ? 'fail' : 'warn',
      summary: `${missing[0].title} is not in the catalog, so nobody looks for advisories on it.`,
      ...outcome,
    };
  }
  return {
    verdict: 'pass',
    summary:
      matches.length === 0
        ? `No advisory is known on ${looked}.`
        : `${count(
            matches.length,
            'advisory',
            'advisories',
          )} on ${looked}; none stops the request.`,
    ...outcome,
  };
}
