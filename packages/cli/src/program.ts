import { Command, CommanderError } from 'commander';
import { verifyLedger } from './commands/verifyLedger';
import { verifySnapshotFile } from './commands/verifySnapshotFile';
import {
  addPerformanceOptions,
  type PerformanceFlags,
} from './evaluate/performanceOptions';
import { addCompareCommands } from './evaluate/addCompareCommands';
import { addImportCommand } from './evaluate/addImportCommand';
import { addRunCommands } from './evaluate/addRunCommands';
import { addEvidenceCommands } from './evidence/addEvidenceCommands';
import { EXIT, UnableError } from './exitCodes';
import { addPolicyCommands } from './policy/addPolicyCommands';
import { addScanOptions, type ScanFlags } from './scan/scanOptions';

/**
 * The scanner takes long to load, and the other commands do without it. Without
 * a build, it is in what Node takes for the default export.
 */
async function loadScan() {
  const loaded = await import('./scan/scan');
  return (loaded as { default?: typeof loaded }).default ?? loaded;
}

async function loadPerformance() {
  const loaded = await import('./evaluate/performance');
  return (loaded as { default?: typeof loaded }).default ?? loaded;
}

function createProgram(): Command {
  const program = new Command('modelhub')
    .description(
      'Scans model artifacts, measures models, and checks what a Model Hub control plane has published.',
    )
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });

  addScanOptions(program.command('scan')).action(
    async (uris: string[], flags: ScanFlags) => {
      const { scan } = await loadScan();
      process.exitCode = await scan(uris, flags);
    },
  );

  const evaluate = program.command('evaluate').description('Measure models');
  addPerformanceOptions(evaluate.command('performance')).action(
    async (flags: PerformanceFlags) => {
      const { evaluatePerformance } = await loadPerformance();
      process.exitCode = await evaluatePerformance(flags);
    },
  );

  addRunCommands(evaluate);
  addImportCommand(evaluate);
  addCompareCommands(evaluate);

  const ledger = program.command('ledger').description('The governance ledger');
  ledger
    .command('verify')
    .argument('<file>', 'an export of the ledger, JSON Lines; - for stdin')
    .option(
      '--checkpoints <file>',
      'checkpoints kept elsewhere, JSON or JSON Lines',
    )
    .option(
      '--key <pem...>',
      'public keys (PEM files) that may sign checkpoints',
    )
    .description('Check the whole chain and name its first bad line')
    .action(async (file, options) => {
      process.exitCode = await verifyLedger(file, options);
    });

  addEvidenceCommands(
    program
      .command('evidence')
      .description('Evidence for the checks of requests'),
  );

  addPolicyCommands(
    program.command('policy').description('Policies of the tiers, as code'),
  );

  const snapshot = program
    .command('snapshot')
    .description('Signed allowlist snapshots');
  snapshot
    .command('verify')
    .argument('<file>', 'a signed snapshot, JSON')
    .requiredOption('--key <pem...>', 'public keys (PEM files) to trust')
    .option('--at <date>', 'judge its age at this moment instead of now')
    .description('Check signature, structure and age of a full snapshot')
    .action(async (file, options) => {
      process.exitCode = await verifySnapshotFile(file, options);
    });
  return program;
}

/** Of commands within commands too. */
function overrideExits(command: Command): void {
  command.exitOverride();
  command.commands.forEach(overrideExits);
}

/**
 * The program `modelhub`. Sets the exit code: 0 good, 1 not good, 2 when it
 * cannot tell (wrong usage, unreadable file).
 *
 * @public
 */
export async function runModelhub(argv: string[]): Promise<void> {
  const program = createProgram();
  overrideExits(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.unable;
    } else if (error instanceof UnableError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = EXIT.unable;
    } else {
      throw error;
    }
  }
}
