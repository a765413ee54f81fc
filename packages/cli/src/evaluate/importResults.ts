import { importEvaluation, type ImportedEvaluation } from '@modelhub/evals';
import { EVALUATION_RESULT_TYPE } from '@modelhub/governance-protocol';
import { importing, parseTarget } from '../evidence/convert';
import { EXIT, UnableError } from '../exitCodes';
import { readText } from '../files';
import { writeResult } from './writeResult';

export interface ImportFlags {
  output?: string;
  model?: string;
  suite?: string;
  target?: string[];
  task?: string[];
  provider?: string;
  prompt?: string;
  at?: string;
  numbersOnly?: boolean;
  withContent?: boolean;
}

function suiteOf(text: string): { name: string; version?: string } {
  const place = text.lastIndexOf('@');
  const [name, version] =
    place > 0 ? [text.slice(0, place), text.slice(place + 1)] : [text];
  if (!name || version === '') {
    throw new UnableError(`--suite ${text}: expected a name, or name@version`);
  }
  return { name, ...(version && { version }) };
}

function promptOf(text: string): number {
  const prompt = Number(text);
  if (Number.isSafeInteger(prompt) && prompt > 0) return prompt;
  throw new UnableError(`--prompt ${text}: expected a number from 1 on`);
}

function momentOf(text: string): Date {
  const moment = new Date(text);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new UnableError(`--at ${text}: expected a date such as 2026-11-01`);
}

function summary({
  format,
  predicateType,
  predicate,
}: ImportedEvaluation): string {
  const { metrics, suite } = predicate;
  const cases =
    predicateType === EVALUATION_RESULT_TYPE
      ? `, ${predicate.cases.ids.length} cases`
      : ', no single cases';
  return `${format}: ${suite.name}${
    suite.version ? ` ${suite.version}` : ''
  }, ${metrics.length} ${metrics.length === 1 ? 'metric' : 'metrics'}${cases}`;
}

/** `modelhub evaluate import`. */
export function importResults(files: string[], flags: ImportFlags): number {
  const { model, provider, output, withContent } = flags;
  const imported = importing(() =>
    importEvaluation(
      files.map(name => ({ name, text: readText(name) })),
      {
        form: flags.numbersOnly ? 'run' : 'result',
        ...(model && { model }),
        ...(provider && { provider }),
        ...(flags.suite && { suite: suiteOf(flags.suite) }),
        ...(flags.target && { target: parseTarget(flags.target) }),
        ...(flags.task && { tasks: flags.task }),
        ...(flags.prompt && { prompt: promptOf(flags.prompt) }),
        ...(flags.at && { at: momentOf(flags.at) }),
        withContent,
      },
    ),
  );
  for (const note of imported.notes) process.stderr.write(`Note: ${note}\n`);
  if (output) {
    writeResult(output, imported.predicate);
    process.stderr.write(
      `${summary(
        imported,
      )}\n${output}: submit it with 'modelhub evidence upload ${output}'.\n`,
    );
  } else {
    process.stdout.write(
      `${JSON.stringify(imported.predicate, undefined, 2)}\n`,
    );
  }
  return EXIT.ok;
}
