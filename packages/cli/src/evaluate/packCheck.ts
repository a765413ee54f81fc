import {
  PackError,
  readPackFolder,
  type EvaluationPack,
} from '@modelhub/evals';
import { EXIT } from '../exitCodes';

/** `modelhub evaluate pack check`. */
export async function evaluatePackCheck(
  folder: string,
  flags: { json?: boolean },
): Promise<number> {
  try {
    const pack = await readPackFolder(folder);
    const facts = factsOf(pack);
    process.stdout.write(
      flags.json ? `${JSON.stringify(facts, undefined, 2)}\n` : shown(facts),
    );
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    if (flags.json) {
      const { problems } = error;
      process.stdout.write(`${JSON.stringify({ problems }, undefined, 2)}\n`);
    } else {
      process.stderr.write(`${error.message}\n`);
    }
    return EXIT.bad;
  }
}

function factsOf(pack: EvaluationPack) {
  const slices: Record<string, Record<string, number>> = {};
  for (const it of pack.cases) {
    const groups = {
      ...it.slices,
      category: it.category,
      behaviour: it.behaviour,
    };
    for (const [name, value] of Object.entries(groups)) {
      if (value !== undefined) {
        slices[name] ??= {};
        slices[name][value] = (slices[name][value] ?? 0) + 1;
      }
    }
  }
  return {
    entityRef: pack.entityRef,
    version: pack.version,
    type: pack.type,
    task: pack.task,
    digest: pack.digest,
    cases: pack.cases.length,
    ...(pack.documents && { documents: pack.documents.length }),
    scorers: pack.scorers.map(({ name, type }) => ({ name, type })),
    criteria: pack.criteria.length,
    slices,
  };
}

function shown(facts: ReturnType<typeof factsOf>): string {
  const { entityRef, version, digest, documents, slices } = facts;
  return `${[
    `${entityRef} ${version}`,
    `  ${facts.type}, task ${facts.task}`,
    `  ${[
      counted(facts.cases, 'case', 'cases'),
      ...(documents === undefined
        ? []
        : [counted(documents, 'document', 'documents')]),
      counted(facts.criteria, 'criterion', 'criteria'),
    ].join(', ')}`,
    `  scorers: ${facts.scorers
      .map(({ name, type }) => (name === type ? name : `${name} (${type})`))
      .join(', ')}`,
    ...Object.entries(slices).map(
      ([name, groups]) =>
        `  by ${name}: ${Object.entries(groups)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([group, cases]) => `${group} ${cases}`)
          .join(', ')}`,
    ),
    `  ${digest}`,
  ].join('\n')}\n`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
