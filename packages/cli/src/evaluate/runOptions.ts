import type { Command } from 'commander';
import type { PortalFlags } from './portalPack';
import {
  addEndpointOptions,
  addTargetOptions,
  type TargetFlags,
} from './targetOptions';
import { confidence, count, currency, price } from './values';

/** What `modelhub evaluate run` is told on the command line. */
export interface RunFlags extends TargetFlags, PortalFlags {
  concurrency: number;
  retries: number;
  timeout: number;
  seed: number;
  samples?: number;
  limit?: number;
  confidence: number;
  modelDigest?: string;
  judgeEndpoint?: string;
  judgeModel?: string;
  judgeApiKeyEnv?: string;
  embedEndpoint?: string;
  embedModel?: string;
  embedApiKeyEnv?: string;
  priceIn?: number;
  priceOut?: number;
  currency: string;
  journal?: string;
  resume?: boolean;
  content: boolean;
  output?: string;
  json?: boolean;
}

const HELP = `
Asks every case of the pack, scores the answers, and says whether the criteria
are met. Answers are kept as they come: after Ctrl-C, or when cases got no
answer, the same command with --resume asks only what was not answered.

Ends with
  0    every criterion is met (or there is none)
  1    a criterion is missed
  2    it could not be told: the pack is not right, the endpoint refuses
  130  stopped with Ctrl-C; the command that goes on is printed

Examples
  modelhub evaluate run catalog-info/evaluations/acme-tickets \\
    --endpoint http://localhost:8000/v1 --model acme/ticket-router --output result.json
  modelhub evaluate run ./my-pack --endpoint https://gateway.example/v1 --model qwen/qwen3-8b \\
    --judge-model openai/gpt-5 --price-in 0.6 --price-out 0.6 --concurrency 8
  modelhub evaluate run evaluationpack:acme/tickets --portal https://portal.example \\
    --endpoint http://localhost:8000/v1 --model acme/ticket-router --output result.json

The key is read from the variable that --api-key-env names, else from
MODELHUB_API_KEY or OPENAI_API_KEY. Judge and embedding model are asked at
--endpoint with the same key where they have no endpoint of their own; one that
they have takes its key from MODELHUB_JUDGE_API_KEY or MODELHUB_EMBED_API_KEY.
`;

export function addRunOptions(command: Command): Command {
  addEndpointOptions(
    command
      .description(
        'Run an evaluation pack against an OpenAI-compatible endpoint',
      )
      .argument('<pack>', 'folder with a pack.yaml, or with --portal a pack'),
  )
    .option(
      '--portal <url>',
      'fetch the pack from the catalog of this portal; MODELHUB_TOKEN says who asks',
    )
    .option('--pack-version <version>', 'an earlier one; with --portal')
    .option('--concurrency <number>', 'cases at once', count(1), 4)
    .option('--retries <number>', 'further attempts at a request', count(0), 5)
    .option('--timeout <seconds>', 'for one request', count(1), 120)
    .option('--seed <number>', 'of requests and intervals', count(0), 1)
    .option('--samples <number>', 'answers to each case', count(1))
    .option('--limit <number>', 'only the first cases; partial', count(1))
    .option('--confidence <level>', 'of the intervals', confidence, 0.95)
    .option('--model-digest <digest>', 'of what answers, for the record')
    .option('--judge-model <id>', 'the model that judges answers')
    .option('--judge-endpoint <url>', 'where it is (default: --endpoint)')
    .option('--judge-api-key-env <name>', 'the variable that holds its key')
    .option('--embed-model <id>', 'the model that embeds for scorers')
    .option('--embed-endpoint <url>', 'where it is (default: --endpoint)')
    .option('--embed-api-key-env <name>', 'the variable that holds its key')
    .option('--price-in <price>', 'per million input tokens', price)
    .option('--price-out <price>', 'per million output tokens', price)
    .option('--currency <code>', 'of the prices', currency, 'USD')
    .option(
      '--journal <file>',
      'keep answers there (default: .modelhub/runs/…, gone when all is done)',
    )
    .option('--resume', 'go on with what the journal has')
    .option('--no-content', 'keep inputs and answers out of the result');
  return addTargetOptions(command)
    .option('--output <file>', 'write the result there, to submit as evidence')
    .option('--json', 'print the result instead of a table')
    .addHelpText('after', HELP);
}
