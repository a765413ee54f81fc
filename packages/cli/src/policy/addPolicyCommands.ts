import type { Command } from 'commander';
import type { ReplayFlags } from './replay';
import type { TestFlags } from './test';

/** The engine takes a while to load, and the other commands do without it. */
async function load<T extends object>(loading: Promise<T>): Promise<T> {
  const loaded = await loading;
  return (loaded as { default?: T }).default ?? loaded;
}

/** `modelhub policy …`. */
export function addPolicyCommands(policy: Command): void {
  policy
    .command('test')
    .argument(
      '[folder]',
      'the policies, with their tests in tests/',
      'policies',
    )
    .option(
      '--gates <file>',
      'checks besides the built-in ones, JSON: what GET /policies/gates answers',
    )
    .option('--json', 'print what was found as JSON')
    .description(
      'Check policies and run their tests; says which rules no test looks at',
    )
    .action(async (folder: string, flags: TestFlags) => {
      const { testPolicyFolder } = await load(import('./test'));
      process.exitCode = await testPolicyFolder(folder, flags);
    });

  policy
    .command('replay')
    .requiredOption(
      '--proposed <path>',
      'a folder: all policies as they would be; or one file over those in force',
    )
    .option(
      '--as <name>',
      'path of the file below the policy folder; its own name by default',
    )
    .requiredOption(
      '--portal <url>',
      'of the portal, as https://portal.example',
    )
    .option('--token <token>', 'who asks; MODELHUB_TOKEN by default')
    .option('--days <n>', 'of how many days calls are looked at', '90')
    .option('--json', 'print the answer as JSON')
    .description(
      'Which live approvals and calls proposed policies would change, and why',
    )
    .action(async (flags: ReplayFlags) => {
      const { replayPolicies } = await load(import('./replay'));
      process.exitCode = await replayPolicies(flags);
    });
}
