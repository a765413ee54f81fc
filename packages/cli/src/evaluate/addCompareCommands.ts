import { InvalidArgumentError, type Command } from 'commander';
import type { CompareFlags } from './compare';
import type { ReportFlags } from './report';
import { confidence } from './values';

/** Comparisons take long to load, and the other commands do without them. */
async function loadCompare() {
  const loaded = await import('./compare');
  return (loaded as { default?: typeof loaded }).default ?? loaded;
}

async function loadReport() {
  const loaded = await import('./report');
  return (loaded as { default?: typeof loaded }).default ?? loaded;
}

function margin(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError(
      'Say how much worse may be, 0 or more, in the unit of the metric: 0.02 of a ratio is 2 points.',
    );
  }
  return value;
}

/** `label`, or `label=0.02` with a margin of its own; several after one another. */
function metrics(
  text: string,
  before: NonNullable<CompareFlags['metric']> = [],
) {
  const [name, ...rest] = text.split('=');
  if (name === '' || rest.length > 1) {
    throw new InvalidArgumentError('Take a name, or name=margin.');
  }
  return [
    ...before,
    { metric: name, ...(rest.length > 0 && { margin: margin(rest[0]) }) },
  ];
}

const several = (text: string, before: string[] = []) => [...before, text];

/** `modelhub evaluate compare` and `modelhub evaluate report`. */
export function addCompareCommands(
  evaluate: Command,
  load = { compare: loadCompare, report: loadReport },
): void {
  evaluate
    .command('compare')
    .argument('<candidate>', 'result of the model in question, JSON')
    .argument('<incumbent>', 'result of the model that serves now, JSON')
    .option(
      '--metric <name[=margin]>',
      'compare this one; several times for several. All that both have by default',
      metrics,
    )
    .option(
      '--margin <number>',
      "how much worse may be, in the metric's unit",
      margin,
      0,
    )
    .option(
      '--confidence <level>',
      'of the intervals; the test is at the rest to 1',
      confidence,
      0.95,
    )
    .option(
      '--positive-label <label>',
      'what positive_f1 and its like are about',
    )
    .option('--json', 'print JSON')
    .description(
      'Compare two results of a pack case by case; ends with 1 where the candidate is significantly worse by more than the margin',
    )
    .action(
      async (candidate: string, incumbent: string, flags: CompareFlags) => {
        const { evaluateCompare } = await load.compare();
        process.exitCode = evaluateCompare({ candidate, incumbent }, flags);
      },
    );

  evaluate
    .command('report')
    .argument('<results...>', 'results of evaluate run, JSON')
    .option(
      '--incumbent <file>',
      'result of the model that serves now; several times for several packs',
      several,
    )
    .option(
      '--pack <folder>',
      'pack that was run, for its thresholds and groups; several times for several',
      several,
    )
    .option('--html <file>', 'write one file of HTML that needs nothing else')
    .option('--markdown <file>', 'write Markdown')
    .option('--title <text>', 'heading of the report')
    .option(
      '--margin <number>',
      "how much worse than the incumbent may be, in the metric's unit",
      margin,
      0,
    )
    .option('--confidence <level>', 'of intervals', confidence, 0.95)
    .description(
      'Write results down with charts, beside thresholds and the incumbent; Markdown on the standard output without a file',
    )
    .action(async (files: string[], flags: ReportFlags) => {
      const { evaluateReport } = await load.report();
      process.exitCode = await evaluateReport(files, flags);
    });
}
