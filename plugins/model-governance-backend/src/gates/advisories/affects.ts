import type { OsvAffected, OsvEvent, OsvRange } from './osv';
import { orderOf, sameVersion, type Compare } from './versions';

/** Whether an advisory is about a version; `unknown` says why it cannot be told. */
export type Affected =
  | { is: 'yes' }
  | { is: 'no' }
  | { is: 'unknown'; because: string };

const YES: Affected = { is: 'yes' };
const NO: Affected = { is: 'no' };
const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/i;

/** What is known of a version: its name, the commit that it was built from, or neither. */
export interface KnownVersion {
  version?: string;
  commit?: string;
  /** `sha256:…` of the bytes. */
  digest?: string;
}

/** From the beginning, without an end. */
const isEverything = ({ events }: OsvRange) =>
  events.some(({ introduced }) => introduced === '0') &&
  !events.some(
    ({ fixed, last_affected: last, limit }) =>
      fixed !== undefined ||
      last !== undefined ||
      (limit !== undefined && limit !== '*'),
  );

/**
 * Whether a package in a version is affected, by the algorithm of the OSV
 * schema: a version that is listed is; else the ranges decide, of which one is
 * enough. Source: https://ossf.github.io/osv-schema/#evaluation
 */
export function affects(affected: OsvAffected, known: KnownVersion): Affected {
  const ecosystem = affected.package?.ecosystem;
  const listed = affected.versions ?? [];
  const ranges = affected.ranges ?? [];
  const names = [known.version, known.commit, known.digest].filter(
    name => name !== undefined,
  );
  if (names.some(name => listed.some(it => sameVersion(ecosystem, it, name)))) {
    return YES;
  }
  // Nothing narrows it down: the package as a whole.
  if (listed.length === 0 && ranges.length === 0) return YES;
  if (ranges.some(isEverything)) return YES;
  if (names.length === 0) {
    return { is: 'unknown', because: 'nobody says which version runs' };
  }
  const answers = ranges.map(range => inRange(range, ecosystem, known, listed));
  return (
    answers.find(({ is }) => is === 'yes') ??
    answers.find(({ is }) => is === 'unknown') ??
    NO
  );
}

function inRange(
  range: OsvRange,
  ecosystem: string | undefined,
  known: KnownVersion,
  listed: string[],
): Affected {
  if (range.type === 'GIT') return inHistory(range, known, listed);
  const compare = orderOf(range.type, ecosystem);
  if (known.version === undefined) {
    return { is: 'unknown', because: 'nobody says which version runs' };
  }
  if (!compare) {
    // OSV asks for every version where an order is not generally known.
    return listed.length > 0
      ? NO
      : {
          is: 'unknown',
          because: `versions of ${ecosystem ?? range.type} have no order here`,
        };
  }
  return walk(range.events, known.version, compare);
}

type Bound = { at: string; kind: 'introduced' | 'fixed' | 'last_affected' };

function walk(events: OsvEvent[], version: string, compare: Compare): Affected {
  const unordered = (bound: string): Affected => ({
    is: 'unknown',
    because: `${version} cannot be compared with ${bound}`,
  });
  const limits = events.flatMap(({ limit }) => limit ?? []);
  const withinLimits = limits.map(limit =>
    limit === '*' ? -1 : compare(version, limit),
  );
  if (limits.length > 0) {
    const unclear = withinLimits.indexOf(undefined);
    const within = withinLimits.some(it => it !== undefined && it < 0);
    if (!within) return unclear >= 0 ? unordered(limits[unclear]) : NO;
  }
  const bounds: Bound[] = events.flatMap(it => [
    ...(it.introduced !== undefined
      ? [{ at: it.introduced, kind: 'introduced' as const }]
      : []),
    ...(it.fixed !== undefined
      ? [{ at: it.fixed, kind: 'fixed' as const }]
      : []),
    ...(it.last_affected !== undefined
      ? [{ at: it.last_affected, kind: 'last_affected' as const }]
      : []),
  ]);
  // "0" stands before every version.
  const against = (at: string) => (at === '0' ? 1 : compare(version, at));
  const between = (a: Bound, b: Bound) => {
    if (a.at === '0' || b.at === '0')
      return Number(b.at === '0') - Number(a.at === '0');
    return compare(a.at, b.at) ?? 0;
  };
  let inside = false;
  for (const bound of [...bounds].sort(between)) {
    const order = against(bound.at);
    if (order === undefined) return unordered(bound.at);
    if (bound.kind === 'introduced' && order >= 0) inside = true;
    if (bound.kind === 'fixed' && order >= 0) inside = false;
    if (bound.kind === 'last_affected' && order > 0) inside = false;
  }
  return inside ? YES : NO;
}

/** Commits are ordered by a repository, which is not here; what an event names is known all the same. */
function inHistory(
  { events }: OsvRange,
  { commit, version }: KnownVersion,
  listed: string[],
): Affected {
  const at = commit ?? (version && COMMIT.test(version) ? version : undefined);
  if (at === undefined) {
    // OSV lists the tags that lie in a range of commits.
    return listed.length > 0 && version !== undefined
      ? NO
      : { is: 'unknown', because: 'nobody says which commit runs' };
  }
  const named = (kind: keyof OsvEvent) =>
    events.some(event => event[kind]?.toLowerCase() === at.toLowerCase());
  if (named('introduced') || named('last_affected')) return YES;
  if (named('fixed') || named('limit')) return NO;
  return {
    is: 'unknown',
    because: `commit ${at.slice(
      0,
      12,
    )} cannot be placed without the repository's history`,
  };
}

/** Versions from which on a package is mended, as the advisory names them. */
export function fixesOf({ ranges }: OsvAffected): string[] {
  return [
    ...new Set(
      (ranges ?? []).flatMap(({ type, events }) =>
        events.flatMap(({ fixed }) =>
          fixed === undefined
            ? []
            : [type === 'GIT' ? fixed.slice(0, 12) : fixed],
        ),
      ),
    ),
  ];
}
