import type { EvaluationRun } from '@modelhub/governance-protocol';
import type { Command } from 'commander';
import { UnableError } from '../exitCodes';

/** What every command that measures is told about the model. */
export interface TargetFlags {
  endpoint: string;
  model: string;
  apiKeyEnv?: string;
  gatewayId?: string;
  engine?: string;
  engineVersion?: string;
  gpu?: string;
  quantization?: string;
}

export function addEndpointOptions(command: Command): Command {
  return command
    .requiredOption('--endpoint <url>', 'base URL of the API, with its /v1')
    .requiredOption('--model <id>', 'the model, as the endpoint calls it')
    .option('--api-key-env <name>', 'the variable that holds the key');
}

export function addTargetOptions(command: Command): Command {
  return command
    .option('--gateway-id <id>', 'the id in the hub, where --model is another')
    .option('--engine <name>', 'what runs the model, such as vllm')
    .option('--engine-version <version>', 'its version')
    .option('--gpu <words>', 'what it runs on, such as "2x H100 80GB"')
    .option('--quantization <name>', 'such as fp8');
}

export function targetOf(
  flags: TargetFlags,
): Omit<EvaluationRun['target'], 'endpoint'> {
  const { gatewayId = flags.model, engine, engineVersion, gpu } = flags;
  const target = {
    gatewayId,
    engine,
    engineVersion,
    gpu,
    quantization: flags.quantization,
  };
  return Object.fromEntries(
    Object.entries(target).filter(([, value]) => value !== undefined),
  );
}

/** The key in a variable that was named, or in one of the usual ones. */
export function apiKeyOf(
  name: string | undefined,
  usual: string[] = ['MODELHUB_API_KEY', 'OPENAI_API_KEY'],
  option = '--api-key-env',
): string | undefined {
  const { env } = process;
  if (!name) {
    return usual.map(it => env[it]).find(Boolean);
  }
  const key = env[name];
  if (!key) {
    throw new UnableError(
      `The variable ${name} is empty; put the key into it, or name another with ${option}`,
    );
  }
  return key;
}
