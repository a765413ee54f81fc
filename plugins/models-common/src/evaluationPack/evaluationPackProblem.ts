import type { EvaluationPackEntityV1alpha1 } from './EvaluationPackEntityV1alpha1';

type Spec = EvaluationPackEntityV1alpha1['spec'];

/** A path that stays in the folder of the pack. */
const isInside = (path: string) =>
  /^[A-Za-z0-9._/ -]{1,255}$/.test(path) &&
  !path.startsWith('/') &&
  !path.split('/').includes('..');

function scorerProblem({ scorers }: Spec): string | undefined {
  const seen = new Set<string>();
  for (const [index, { name }] of scorers.entries()) {
    if (seen.has(name)) {
      return `spec.scorers[${index}].name "${name}" comes twice; each metric needs a name of its own`;
    }
    seen.add(name);
  }
  return undefined;
}

function criterionProblem({ criteria = [] }: Spec): string | undefined {
  const seen = new Set<string>();
  for (const [index, it] of criteria.entries()) {
    const bounds = [it.atLeast, it.atMost].filter(bound => bound !== undefined);
    if (bounds.length !== 1) {
      return `spec.criteria[${index}] has ${
        bounds.length === 0 ? 'neither atLeast nor atMost' : 'both bounds'
      }; give exactly one of atLeast and atMost`;
    }
    const key = JSON.stringify([
      it.metric,
      it.statistic,
      it.slice,
      it.atLeast === undefined,
    ]);
    if (seen.has(key)) {
      return `spec.criteria[${index}] repeats an earlier criterion of "${it.metric}"; leave one of them`;
    }
    seen.add(key);
  }
  return undefined;
}

function fairnessProblem(spec: Spec): string | undefined {
  const { fairness, scorers, type } = spec;
  if (!fairness) {
    return type === 'fairness'
      ? 'spec.fairness is missing; a pack of type fairness says which attributes it compares'
      : undefined;
  }
  const names = scorers.map(({ name }) => name);
  const isMeasured = names.some(
    name => fairness.metric === name || fairness.metric.startsWith(`${name}.`),
  );
  return isMeasured
    ? undefined
    : `spec.fairness.metric "${
        fairness.metric
      }" is none that spec.scorers measures; it can be ${names.join(' or ')}`;
}

function fileProblem({ cases, documents, task }: Spec): string | undefined {
  for (const [field, path] of Object.entries({ cases, documents })) {
    if (path !== undefined && !isInside(path)) {
      return `spec.${field} is "${path}"; give a file in the folder of the pack, such as ./${field}.jsonl`;
    }
  }
  if (task === 'retrieval' && documents === undefined) {
    return 'spec.documents is missing; a pack of task retrieval ranks documents';
  }
  return task !== 'retrieval' && documents !== undefined
    ? `spec.documents is for the task retrieval; this pack's task is ${task}`
    : undefined;
}

/**
 * What is wrong with a pack's spec that its JSON schema cannot say, in words
 * that name the field; nothing where all is well. The spec fits
 * {@link evaluationPackJsonSchema}.
 *
 * @public
 */
export function evaluationPackProblem(
  entity: EvaluationPackEntityV1alpha1,
): string | undefined {
  const { spec } = entity;
  return (
    scorerProblem(spec) ??
    criterionProblem(spec) ??
    fairnessProblem(spec) ??
    fileProblem(spec)
  );
}
