import type { EvaluationPackDetail } from '@modelhub/backstage-plugin-models-common';
import { scorerOf, type EvaluationPack } from '@modelhub/evals';
import type { PackVersion } from './PackStore';

const SAMPLE = 5;
const LONGEST = 1000;

const shortened = (text: string) =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;

/** How often each value comes, by the name of what it is a value of. */
function counted(pairs: Array<[string, string]>) {
  const counts = new Map<string, Map<string, number>>();
  for (const [name, value] of pairs) {
    const values = counts.get(name) ?? new Map<string, number>();
    counts.set(name, values.set(value, (values.get(value) ?? 0) + 1));
  }
  return counts;
}

const inOrder = (values: Map<string, number> | undefined) =>
  [...(values ?? [])]
    .map(([value, cases]) => ({ value, cases }))
    .sort((a, b) => b.cases - a.cases || a.value.localeCompare(b.value));

/** What is in a pack, for people who think of running it. */
export function presentPack(
  pack: EvaluationPack,
): Pick<
  EvaluationPackDetail,
  | 'criteria'
  | 'scorers'
  | 'fairness'
  | 'request'
  | 'documents'
  | 'slices'
  | 'categories'
  | 'sample'
> {
  const slices = counted(
    pack.cases.flatMap(it => Object.entries(it.slices ?? {})),
  );
  const categories = counted(
    pack.cases.flatMap(({ category }) =>
      category ? [['category', category] as [string, string]] : [],
    ),
  );
  return {
    criteria: pack.criteria,
    scorers: pack.scorers.map(({ name, type, params }) => {
      const scorer = scorerOf(type);
      return {
        name,
        type,
        title: scorer?.title,
        about: scorer?.about,
        params,
      };
    }),
    fairness: pack.fairness,
    request: { ...pack.request },
    documents: pack.documents?.length,
    slices: [...slices].map(([attribute, values]) => ({
      attribute,
      values: inOrder(values),
    })),
    categories: inOrder(categories.get('category')).map(({ value, cases }) => ({
      category: value,
      cases,
    })),
    sample: pack.cases.slice(0, SAMPLE).map(it => ({
      id: it.id,
      input: shortened(
        typeof it.input === 'string'
          ? it.input
          : it.input
              .map(({ role, content }) => `${role}: ${content}`)
              .join('\n'),
      ),
      ...(it.expected !== undefined && {
        expected: shortened(
          typeof it.expected === 'string'
            ? it.expected
            : JSON.stringify(it.expected),
        ),
      }),
      behaviour: it.behaviour,
      category: it.category,
      slices: it.slices,
    })),
  };
}

/** Versions of a pack, as people see them. */
export const presentVersions = (versions: PackVersion[]) =>
  versions.map(({ version, digest, firstSeenAt }) => ({
    version,
    digest,
    firstSeenAt,
  }));
