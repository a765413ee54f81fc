import { InvalidArgumentError, type Command } from 'commander';
import type { Severity } from '@modelhub/scanner';

/** What `modelhub scan` is told on the command line. */
export interface ScanFlags {
  json?: boolean;
  sarif?: string;
  bom?: string;
  failOn: Severity;
  headerOnly?: boolean;
  revision?: string;
  expectDigest?: string;
  exclude: string[];
  includeGit?: boolean;
  concurrency: number;
  maxFiles?: number;
  maxFileSize?: number;
  maxUnpackedSize?: number;
  maxHeldSize?: number;
  maxSpoolSize?: number;
  maxDepth?: number;
  maxRatio?: number;
  timeout?: number;
  retries?: number;
  sign: boolean;
  plainHttp: string[];
  privateHost: string[];
}

const SEVERITIES: Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

const HELP = `
Ends with
  0  nothing at or over --fail-on was found
  1  something was, and everything could be judged
  2  a file or an artifact could not be judged, whatever else was found

Examples
  modelhub scan model.safetensors
  modelhub scan --fail-on high --sarif scan.sarif ./models
  modelhub scan --json hf://Qwen/Qwen3-8B-GGUF/Qwen3-8B-Q8_0.gguf --header-only
  modelhub scan --bom bom.json oci://registry.example/models/tiny:v1
  modelhub scan s3://models/tiny/ https://example.com/model.onnx

Credentials
  hf://   HF_TOKEN, and HF_ENDPOINT for another hub
  oci://  what 'docker login' or 'oras login' wrote to config.json
  s3://   as the AWS SDK finds them; AWS_ENDPOINT_URL_S3 for another store
`;

/** Options that take several values would take the paths after them, too. */
const collect = (value: string, before: string[]) => [...before, value];

function severity(text: string): Severity {
  const found = SEVERITIES.find(it => it === text.toLowerCase());
  if (!found) {
    throw new InvalidArgumentError(`Take one of ${SEVERITIES.join(', ')}.`);
  }
  return found;
}

function digest(text: string): string {
  const [, hex] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text) ?? [];
  if (!hex) throw new InvalidArgumentError('Take sha256: and 64 hex digits.');
  return `sha256:${hex.toLowerCase()}`;
}

const count =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(
        `Take a whole number of at least ${least}${
          most < Number.MAX_SAFE_INTEGER ? ` and at most ${most}` : ''
        }.`,
      );
    }
    return value;
  };

const UNITS: Record<string, number> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};

function size(text: string): number {
  const [, value, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const factor = UNITS[unit?.toLowerCase() ?? ' '];
  if (value === undefined || factor === undefined) {
    throw new InvalidArgumentError(
      'Take bytes, or a number with KiB, MiB, GiB or TiB.',
    );
  }
  return Math.floor(Number(value) * factor);
}

/** Adds the options of `modelhub scan`, with examples. */
export function addScanOptions(command: Command): Command {
  return command
    .argument(
      '<path-or-uri...>',
      'files, folders, https://, hf://, oci://, s3://',
    )
    .option('--json', 'print one JSON object for each file, and nothing else')
    .option('--sarif <file>', 'write SARIF 2.1.0; - for the standard output')
    .option(
      '--bom <file>',
      'write a CycloneDX 1.6 ML-BOM; - for the standard output',
    )
    .option(
      '--fail-on <severity>',
      `end with 1 for findings at or over: ${SEVERITIES.join(', ')}`,
      severity,
      'medium',
    )
    .option(
      '--header-only',
      "read only what the formats need; digests are then the registry's word",
    )
    .option('--revision <name>', 'of hf:// repositories: branch, tag or commit')
    .option('--expect-digest <sha256>', 'what the artifact has to be', digest)
    .option(
      '--exclude <glob>',
      'leave out files of folders; the report names them. Repeatable',
      collect,
      [],
    )
    .option('--include-git', 'scan .git, too, which is left out of folders')
    .option('--concurrency <number>', 'files at a time', count(1, 16), 2)
    .option('--max-files <number>', 'files of one artifact', count(1))
    .option('--max-file-size <size>', 'of one file, such as 20GiB', size)
    .option('--max-unpacked-size <size>', 'of all that one file holds', size)
    .option('--max-held-size <size>', 'of a packed part held in memory', size)
    .option(
      '--max-spool-size <size>',
      'copied from a server that cannot send parts',
      size,
    )
    .option('--max-depth <number>', 'archives within archives', count(0))
    .option('--max-ratio <number>', 'unpacked by packed size', count(1))
    .option('--timeout <seconds>', 'for an answer of a server', count(1))
    .option('--retries <number>', 'after failures that may pass', count(0, 20))
    .option('--no-sign', 'read public s3:// buckets without credentials')
    .option(
      '--plain-http <host>',
      'a host to be spoken to without TLS. Repeatable',
      collect,
      [],
    )
    .option(
      '--private-host <host>',
      'a host with a private address that a server may send on to. Repeatable',
      collect,
      [],
    )
    .description(
      'Read model files without running them and say what they would run',
    )
    .addHelpText('after', HELP);
}
