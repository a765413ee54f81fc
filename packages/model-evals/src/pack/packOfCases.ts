import { scorerOf as knownScorerOf } from '../scorers';
import { caseRule } from './caseRules';
import { packDigest } from './digest';
import { PACK_LIMITS } from './limits';
import { ProblemList } from './PackError';
import { formatPath, type Tell } from './rules';
import { checkCase, checkSpec, type ScorerLookup } from './scorerChecks';
import type {
  EvaluationCase,
  EvaluationPack,
  PackRequest,
  PackScorer,
} from './types';

/**
 * What a pack is made of that has no folder.
 *
 * @public
 */
export interface PackOfCasesOptions {
  /** As results name it. */
  name: string;
  title?: string;
  /** `1.0.0` by default. */
  version?: string;
  request?: PackRequest;
  scorers: PackScorer[];
  cases: EvaluationCase[];
  /** Of the file of the cases, for problems: its name, and the line of each case. */
  source?: { file: string; lines: number[] };
  /** Scorers that may be named; those of this library by default. */
  scorerOf?: ScorerLookup;
}

/**
 * A pack of somebody's own cases: a request for each of them, and scorers. It
 * is in no catalog, so results of it name no entity.
 *
 * @throws PackError with at most 50 problems, with file and line
 * @public
 */
export function packOfCases(options: PackOfCasesOptions): EvaluationPack {
  const { name, title, version = '1.0.0', request = {}, scorers } = options;
  const { cases, source, scorerOf = knownScorerOf } = options;
  const problems = new ProblemList();
  const telling =
    (index?: number): Tell =>
    (path, message) =>
      problems.add({
        file: source?.file ?? 'cases',
        line: index === undefined ? undefined : source?.lines[index],
        field: formatPath(path) || undefined,
        message,
      });
  if (cases.length === 0 || cases.length > PACK_LIMITS.cases) {
    telling()([], `must hold 1 to ${PACK_LIMITS.cases} cases`);
  }
  const rule = caseRule('chat');
  cases.forEach((it, index) => rule(it, [], telling(index)));
  const ids = new Set(cases.map(({ id }) => id));
  if (ids.size < cases.length) telling()(['id'], 'comes twice');
  problems.throwIfAny();
  const pack: Omit<EvaluationPack, 'digest'> = {
    name,
    ...(title !== undefined && { title }),
    type: 'quality',
    version,
    purposes: [],
    modelTasks: [],
    task: 'chat',
    request,
    scorers,
    criteria: [],
    cases,
  };
  checkSpec(pack, scorerOf, telling());
  cases.forEach((_, index) => checkCase(pack, index, scorerOf, telling(index)));
  problems.throwIfAny();
  return { ...pack, digest: packDigest(pack) };
}
