import type { Command } from 'commander';
import { bundle, verify } from './bundle';

/** What reads results takes long to load, and the other commands do without it. */
async function loadUpload() {
  const loaded = await import('./upload');
  return (loaded as { default?: typeof loaded }).default ?? loaded;
}

/** `modelhub evidence …`. */
export function addEvidenceCommands(evidence: Command): void {
  evidence
    .command('upload')
    .argument(
      '<files...>',
      'results; of lm-evaluation-harness its samples too, of Hugging Face several',
    )
    .option('--gate <id>', 'the check it is for; the token’s where it has one')
    .option(
      '--type <uri>',
      'predicate type, where it is no evaluation run; the file is sent as it is',
    )
    .option('--cases', 'keep single cases, where the files have them')
    .option(
      '--target <name=value...>',
      'what answered, as far as the file does not say: engine=vllm, gpu=H100, …',
    )
    .option(
      '--token-file <file>',
      'a file with the evidence token; MODELHUB_EVIDENCE_TOKEN by default',
    )
    .option('--url <url>', 'of the governance API; the token’s by default')
    .option('--model <ref>', 'with the identity of a CI system: entity ref')
    .option('--model-version <name>', 'with the identity of a CI system')
    .option(
      '--audience <text>',
      'of the identity that GitHub Actions is asked for; the URL by default',
    )
    .option('--dry-run', 'print the signed statement and send nothing')
    .option('--json', 'print the answer as JSON')
    .description(
      'Sign results and submit them to a check. Takes what modelhub evaluate writes, and results of lm-evaluation-harness, promptfoo and Hugging Face',
    )
    .action(async (files, flags) => {
      const { upload } = await loadUpload();
      process.exitCode = await upload(files, flags);
    });

  evidence
    .command('bundle')
    .argument('<approval>', 'id of an approval')
    .option('--url <url>', 'of the governance API; MODELHUB_URL by default')
    .option('-o, --out <file>', 'where to write it; standard output by default')
    .description(
      'Download all evidence of an approval; MODELHUB_TOKEN is who asks',
    )
    .action(async (approval, flags) => {
      process.exitCode = await bundle(approval, flags);
    });

  evidence
    .command('verify')
    .argument('<bundle>', 'a bundle, JSON')
    .option('--key <pem...>', 'public keys (PEM files) of the hub to trust')
    .option('--ledger <file>', 'an export of the ledger; - for stdin')
    .option('--json', 'print what was found as JSON')
    .description(
      'Check a bundle offline: signatures, digests and ledger; names the first thing that is wrong',
    )
    .action(async (file, flags) => {
      process.exitCode = await verify(file, flags);
    });
}
