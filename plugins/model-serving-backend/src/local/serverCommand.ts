import type { DeploymentRequest } from '@modelhub/backstage-plugin-models-node';
import path from 'node:path';
import type { LocalConfig } from './readLocalConfig';

const GIB_IN_MIB = 1024;
/** Of the program's own heap; weights lie outside it. */
const HEAP_MIB = 512;

/** Variables of this process that servers get; its secrets are none of theirs. */
const PASSED_ON =
  /^(PATH|HOME|USER|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SystemRoot|HF_HOME|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|CUDA_VISIBLE_DEVICES|NODE_LLAMA_CPP_\w+)$/;

/** What servers read their token from: ours, llama-server and vLLM. */
const TOKEN_VARIABLES = [
  'MODELHUB_ENDPOINT_TOKEN',
  'LLAMA_API_KEY',
  'VLLM_API_KEY',
];

/** A program, ready to be begun. */
export interface ServerCommand {
  program: string;
  args: string[];
  env: Record<string, string>;
  /** Ends when its standard input is closed. */
  endsWithStdin: boolean;
}

function ggufServer(): string {
  const manifest = require.resolve('@modelhub/gguf-server/package.json');
  return path.join(path.dirname(manifest), 'bin', 'modelhub-gguf-server');
}

/** How the server of a deployment is begun. */
export function serverCommand(
  config: LocalConfig,
  work: {
    request: DeploymentRequest;
    file: string;
    port: number;
    expiresFile: string;
    env: NodeJS.ProcessEnv;
  },
): ServerCommand {
  const { request, file, port, expiresFile } = work;
  const { model, token, resources } = request;
  const passed = Object.entries(work.env).flatMap(([name, value]) =>
    value !== undefined && PASSED_ON.test(name) ? [[name, value]] : [],
  );
  const env = Object.fromEntries([
    ...passed,
    ...TOKEN_VARIABLES.map(name => [name, token]),
  ]);
  if (config.command) {
    const values: Record<string, string> = {
      model: file,
      port: String(port),
      servedName: model.gatewayId,
      threads: String(config.threads),
      context: String(contextOf(config, request)),
    };
    const [program, ...args] = config.command.map(part =>
      part.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole),
    );
    return { program, args, env, endsWithStdin: false };
  }
  return {
    program: process.execPath,
    args: [
      `--max-old-space-size=${HEAP_MIB}`,
      ggufServer(),
      ...['--model', file],
      ...['--digest', model.artifact.digest ?? ''],
      ...['--port', String(port)],
      ...['--served-name', model.gatewayId],
      ...['--token-env', TOKEN_VARIABLES[0]],
      ...['--threads', String(config.threads)],
      ...['--context', String(contextOf(config, request))],
      ...['--parallel', String(config.parallel)],
      ...['--memory', String(Math.ceil(resources.memoryGiB * GIB_IN_MIB))],
      ...['--expires-file', expiresFile],
      '--end-with-stdin',
    ],
    env,
    endsWithStdin: true,
  };
}

function contextOf(config: LocalConfig, { model }: DeploymentRequest): number {
  return Math.min(model.contextTokens ?? Infinity, config.contextTokens);
}
