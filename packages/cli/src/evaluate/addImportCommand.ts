import type { Command } from 'commander';
import type { ImportFlags } from './importResults';

async function loadImport() {
  const loaded = await import('./importResults');
  return (loaded as { default?: typeof loaded }).default ?? loaded;
}

/** `modelhub evaluate import`. */
export function addImportCommand(evaluate: Command): void {
  evaluate
    .command('import')
    .argument(
      '<files...>',
      'results of another program; of lm-evaluation-harness with its samples_….jsonl',
    )
    .option(
      '-o, --output <file>',
      'where to write it; standard output by default',
    )
    .option('--model <id>', 'the model, where the files do not say it')
    .option('--suite <name@version>', "in place of the tool's own name for it")
    .option(
      '--target <name=value...>',
      'what answered, as far as the files do not say: engine=vllm, gpu=H100, …',
    )
    .option('--task <name...>', 'of lm-evaluation-harness: these tasks alone')
    .option('--provider <id>', 'of promptfoo: one of several providers')
    .option(
      '--prompt <number>',
      'of promptfoo: one of several prompts, from 1 on',
    )
    .option(
      '--at <date>',
      'when it was measured, where the files do not say it',
    )
    .option('--numbers-only', 'leave single cases out')
    .option(
      '--with-content',
      'keep questions and answers of cases that went wrong, at most 100',
    )
    .description(
      'Turn results of lm-evaluation-harness, promptfoo or Hugging Face into one that the hub takes; says what it leaves out',
    )
    .action(async (files: string[], flags: ImportFlags) => {
      const { importResults } = await loadImport();
      process.exitCode = importResults(files, flags);
    });
}
