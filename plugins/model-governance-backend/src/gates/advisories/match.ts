import { affects, fixesOf } from './affects';
import {
  purlWithoutVersion,
  versionOfPurl,
  type AskedItem,
  type AskedPackage,
} from './items';
import type { OsvAdvisory, OsvAffected } from './osv';
import { gravenessOf, type Graveness } from './severity';

/** An advisory that is, or may be, about something in the lineage. */
export interface Match extends Graveness {
  advisory: OsvAdvisory;
  item: AskedItem;
  package: AskedPackage;
  /** `possible`: it cannot be told whether this version is meant. */
  certainty: 'affected' | 'possible';
  /** Why it cannot be told. */
  because?: string;
  fixedIn: string[];
}

/** PyPI folds names: https://packaging.python.org/specifications/name-normalization/ */
const folded = (ecosystem: string, name: string) => {
  const lower = name.toLowerCase();
  if (ecosystem === 'pypi') return lower.replace(/[-_.]+/g, '-');
  return ecosystem === 'git' ? lower.replace(/(\.git)?\/?$/, '') : lower;
};

function isAbout(affected: OsvAffected, asked: AskedPackage): boolean {
  const { ecosystem, name, purl } = affected.package ?? {};
  const written = purl && purlWithoutVersion(purl);
  if (
    written &&
    asked.purl &&
    written.toLowerCase() === asked.purl.toLowerCase()
  ) {
    return true;
  }
  const family = asked.ecosystem.toLowerCase();
  if (
    name !== undefined &&
    ecosystem?.split(':')[0].toLowerCase() === family &&
    folded(family, name) === folded(family, asked.name)
  ) {
    return true;
  }
  // Advisories of repositories name no package.
  return (
    family === 'git' &&
    (affected.ranges ?? []).some(
      ({ type, repo }) =>
        type === 'GIT' &&
        repo !== undefined &&
        folded('git', repo) === folded('git', asked.name),
    )
  );
}

/** What an advisory means for what was asked; one match for each item at most. */
export function matchesOf(advisory: OsvAdvisory, items: AskedItem[]): Match[] {
  if (advisory.withdrawn) return [];
  return items.flatMap(item => {
    const matches = item.packages.flatMap(asked =>
      (advisory.affected ?? [])
        .filter(affected => isAbout(affected, asked))
        .flatMap((affected): Match[] => {
          const answer = affects(narrowed(affected), item.known);
          if (answer.is === 'no') return [];
          return [
            {
              advisory,
              item,
              package: asked,
              ...gravenessOf(advisory, affected),
              ...(answer.is === 'yes'
                ? { certainty: 'affected' as const }
                : { certainty: 'possible' as const, because: answer.because }),
              fixedIn: fixesOf(affected),
            },
          ];
        }),
    );
    const sure = matches.find(({ certainty }) => certainty === 'affected');
    return sure ? [sure] : matches.slice(0, 1);
  });
}

/** A purl may name the one version that it is about. */
function narrowed(affected: OsvAffected): OsvAffected {
  const { package: about, versions, ranges } = affected;
  const version = about?.purl && versionOfPurl(about.purl);
  return version && !versions?.length && !ranges?.length
    ? { ...affected, versions: [version] }
    : affected;
}
