import { scorerOf as knownScorerOf } from '../scorers';
import { caseRule, documentRule } from './caseRules';
import { packDigest } from './digest';
import { PACK_LIMITS } from './limits';
import { jsonLines, type Line } from './lines';
import { packYaml, type PackYaml } from './packYaml';
import { ProblemList } from './PackError';
import { formatPath, isRecord, type Path, type Tell } from './rules';
import { checkCase, checkSpec, type ScorerLookup } from './scorerChecks';
import { isInside, packRule } from './specRules';
import type {
  EvaluationCase,
  EvaluationPack,
  PackCriterion,
  PackFairness,
  PackRequest,
  PackScorer,
  PackTask,
} from './types';

/** The name of the file that a pack begins with. @public */
export const PACK_FILE = 'pack.yaml';

/**
 * Where a pack comes from.
 *
 * @public
 */
export interface PackSource {
  /** Content of `pack.yaml`; an entity as JSON will do too. */
  packYaml: string;
  /** Reads a file beside it. The path is relative, without `..`, and never leaves the folder. */
  read(relativePath: string): Promise<string>;
  /** Scorers that a pack may name; those of this library by default. */
  scorerOf?: ScorerLookup;
}

type Metadata = {
  name: string;
  namespace?: string;
  title?: string;
  description?: string;
};

type Spec = {
  type: EvaluationPack['type'];
  version: string;
  owner: string;
  purposes?: string[];
  modelTasks?: string[];
  task: PackTask;
  request?: PackRequest;
  scorers: PackScorer[];
  criteria?: PackCriterion[];
  fairness?: PackFairness;
  cases: string;
  documents?: string;
};

/**
 * Reads an evaluation pack, strictly: whatever is wrong with it is told at
 * once, with file, line and field.
 *
 * @throws PackError with at most 50 problems
 * @public
 */
export async function readPack(source: PackSource): Promise<EvaluationPack> {
  const scorerOf = source.scorerOf ?? knownScorerOf;
  const problems = new ProblemList();
  const yaml = packYaml(PACK_FILE, source.packYaml, problems);
  if (!yaml) {
    problems.throwIfAny();
    throw new Error(`${PACK_FILE} is empty`);
  }
  const tellSpec = telling(problems, yaml);
  packRule(yaml.value, [], tellSpec);

  // The cases are looked at although the spec has problems: all are told at once.
  const spec = specOf(yaml.value);
  const task = ['chat', 'completion', 'retrieval', 'agent'].find(
    it => it === spec?.task,
  ) as PackTask | undefined;
  const cases = await readLines(source, spec, 'cases', problems);
  const rule = caseRule(task);
  checkLines(fileOf(spec, 'cases'), cases, rule, problems);
  const documents = await readLines(source, spec, 'documents', problems);
  checkLines(fileOf(spec, 'documents'), documents, documentRule, problems);
  if (cases.length === 0 && problems.isEmpty) {
    problems.add({ file: fileOf(spec, 'cases'), message: 'holds no case' });
  }
  if (task && (task === 'retrieval') !== (spec?.documents !== undefined)) {
    tellSpec(
      ['spec', 'documents'],
      task === 'retrieval'
        ? 'must name the file of the documents'
        : `is for the task retrieval, and this one is ${task}`,
    );
  }
  problems.throwIfAny();

  const pack = packOf(yaml.value, cases, documents);
  checkSpec(pack, scorerOf, tellSpec);
  const known = new Set(pack.documents?.map(({ id }) => id));
  cases.forEach(({ number }, index) => {
    const tell = telling(problems, {
      file: fileOf(spec, 'cases'),
      line: number,
    });
    checkCase(pack, index, scorerOf, tell);
    for (const id of Object.keys(pack.cases[index].relevant ?? {})) {
      if (pack.documents && !known.has(id)) {
        tell(['relevant', id], 'is no document of the pack');
      }
    }
  });
  problems.throwIfAny();
  try {
    return { ...pack, digest: packDigest(pack) };
  } catch (error) {
    problems.add({
      file: fileOf(spec, 'cases'),
      message: `has no digest: ${(error as Error).message}`,
    });
    problems.throwIfAny();
    throw error;
  }
}

function telling(
  problems: ProblemList,
  at: PackYaml | { file: string; line: number },
): Tell {
  return (path: Path, message) =>
    problems.add({
      file: 'file' in at ? at.file : PACK_FILE,
      line: 'file' in at ? at.line : at.lineOf(path),
      field: formatPath(path) || undefined,
      message,
    });
}

function specOf(value: unknown): Partial<Spec> | undefined {
  const spec = isRecord(value) ? value.spec : undefined;
  return isRecord(spec) ? spec : undefined;
}

/** As it is named in problems: without `./`. */
function fileOf(
  spec: Partial<Spec> | undefined,
  field: 'cases' | 'documents',
): string {
  const path: unknown = spec?.[field];
  return typeof path === 'string' ? normalised(path) : `${field}.jsonl`;
}

function normalised(path: string): string {
  return path
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');
}

async function readLines(
  source: PackSource,
  spec: Partial<Spec> | undefined,
  field: 'cases' | 'documents',
  problems: ProblemList,
): Promise<Line[]> {
  const path: unknown = spec?.[field];
  if (typeof path !== 'string' || !isInside(path)) return [];
  const file = normalised(path);
  try {
    const content = await source.read(file);
    return jsonLines(file, content, PACK_LIMITS[field], problems);
  } catch (error) {
    problems.add({
      file,
      message: `cannot be read: ${(error as Error).message}`,
    });
    return [];
  }
}

function checkLines(
  file: string,
  lines: Line[],
  rule: (value: unknown, path: Path, tell: Tell) => void,
  problems: ProblemList,
): void {
  const lineOf = new Map<unknown, number>();
  for (const { number, value } of lines) {
    const tell = telling(problems, { file, line: number });
    rule(value, [], tell);
    const id = isRecord(value) ? value.id : undefined;
    if (typeof id === 'string') {
      const earlier = lineOf.get(id);
      if (earlier) {
        tell(['id'], `comes twice: '${id}' is in line ${earlier} too`);
      }
      lineOf.set(id, number);
    }
  }
}

/** Once everything fits the rules. */
function packOf(
  value: unknown,
  cases: Line[],
  documents: Line[],
): Omit<EvaluationPack, 'digest'> {
  const { metadata, spec } = value as { metadata: Metadata; spec: Spec };
  const { name, namespace = 'default', title, description } = metadata;
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    type: spec.type,
    version: spec.version,
    owner: spec.owner,
    purposes: spec.purposes ?? [],
    modelTasks: spec.modelTasks ?? [],
    task: spec.task,
    request: spec.request ?? {},
    scorers: spec.scorers,
    criteria: spec.criteria ?? [],
    ...(spec.fairness && { fairness: spec.fairness }),
    cases: cases.map(line => line.value as EvaluationCase),
    ...(spec.documents !== undefined && {
      documents: documents.map(
        line => line.value as { id: string; text: string },
      ),
    }),
    entityRef: `evaluationpack:${namespace}/${name}`.toLocaleLowerCase('en-US'),
  };
}
