import type { Load } from '@modelhub/evals';
import { InvalidArgumentError, type Command } from 'commander';
import {
  addEndpointOptions,
  addTargetOptions,
  type TargetFlags,
} from './targetOptions';
import { confidence, count, jsonObject } from './values';

/** What `modelhub evaluate performance` is told on the command line. */
export interface PerformanceFlags extends TargetFlags {
  concurrency?: Load[];
  rate?: Load[];
  requests: number;
  warmUp: number;
  promptTokens: number;
  outputTokens: number;
  timeout: number;
  confidence: number;
  seed: number;
  extraBody?: Record<string, unknown>;
  json?: boolean;
  output?: string;
}

const HELP = `
Requests are streamed chat completions, each with a prompt of its own. With
--concurrency each caller waits for its answer before it asks again; with --rate
requests come in evenly, whatever becomes of the earlier ones, and times count
from when a request was due. Several values are measured one after the other.

Ends with
  0    measured
  1    measured, and every request failed
  2    nothing could be measured
  130  stopped with Ctrl-C; what was measured is printed, and marked as partial

Examples
  modelhub evaluate performance --endpoint http://localhost:8000/v1 --model meta/llama-3.3-70b-instruct
  modelhub evaluate performance --endpoint https://gateway.example/v1 --model qwen/qwen3-8b \\
    --concurrency 1,8,32 --requests 200 --gpu "1x L40S" --quantization fp8 --output run.json
  modelhub evaluate performance --endpoint http://localhost:8000/v1 --model tiny --rate 4 \\
    --extra-body '{"ignore_eos": true}'

The key is read from the variable that --api-key-env names, else from
MODELHUB_API_KEY or OPENAI_API_KEY.
`;

const numbers = (text: string): number[] =>
  text.split(',').map(part => (part.trim() === '' ? NaN : Number(part)));

function concurrencies(text: string): Load[] {
  const values = numbers(text);
  if (!values.every(it => Number.isSafeInteger(it) && it >= 1)) {
    throw new InvalidArgumentError('Take whole numbers, such as 1,8,32.');
  }
  return values.map(concurrency => ({ kind: 'closed', concurrency }));
}

function rates(text: string): Load[] {
  const values = numbers(text);
  if (!values.every(it => Number.isFinite(it) && it > 0)) {
    throw new InvalidArgumentError('Take requests a second, such as 0.5,2,8.');
  }
  return values.map(requestsPerSecond => ({ kind: 'open', requestsPerSecond }));
}

export function addPerformanceOptions(command: Command): Command {
  addEndpointOptions(
    command.description(
      'Measure latency, speed and errors of a model behind an OpenAI-compatible endpoint',
    ),
  )
    .option(
      '--concurrency <numbers>',
      'callers at once, such as 1,8,32 (default: 1)',
      concurrencies,
    )
    .option('--rate <numbers>', 'new requests a second, such as 0.5,2', rates)
    .option('--requests <number>', 'requests under each load', count(1), 50)
    .option('--warm-up <number>', 'requests that do not count', count(0), 3)
    .option('--prompt-tokens <number>', 'about, of each prompt', count(1), 256)
    .option(
      '--output-tokens <number>',
      'at most, of each answer',
      count(1),
      128,
    )
    .option('--timeout <seconds>', 'for one request', count(1), 120)
    .option('--confidence <level>', 'of the intervals', confidence, 0.95)
    .option('--seed <number>', 'of prompts and intervals', count(0), 1)
    .option(
      '--extra-body <json>',
      'further fields of each request',
      jsonObject,
    );
  return addTargetOptions(command)
    .option('--output <file>', 'write the run there, to submit as evidence')
    .option('--json', 'print the run instead of a table')
    .addHelpText('after', HELP);
}
