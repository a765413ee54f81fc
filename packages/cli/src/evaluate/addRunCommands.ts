import type { Command } from 'commander';
import { addRunOptions, type RunFlags } from './runOptions';

/** Packs take long to load, and the other commands do without them. */
async function loadRun() {
  const loaded = await import('./run');
  return (loaded as { default?: typeof loaded }).default ?? loaded;
}

async function loadPackCheck() {
  const loaded = await import('./packCheck');
  return (loaded as { default?: typeof loaded }).default ?? loaded;
}

/** `modelhub evaluate run` and `modelhub evaluate pack`. */
export function addRunCommands(evaluate: Command): void {
  addRunOptions(evaluate.command('run')).action(
    async (place: string, flags: RunFlags) => {
      const { evaluateRun } = await loadRun();
      process.exitCode = await evaluateRun(place, flags);
    },
  );
  evaluate
    .command('pack')
    .description('Evaluation packs')
    .command('check')
    .argument('<folder>', 'folder with a pack.yaml')
    .option('--json', 'print facts or problems as JSON')
    .description('Check a pack, and print its digest and how many cases it has')
    .action(async (folder: string, flags: { json?: boolean }) => {
      const { evaluatePackCheck } = await loadPackCheck();
      process.exitCode = await evaluatePackCheck(folder, flags);
    });
}
