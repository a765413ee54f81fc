import { parseArgs } from 'node:util';
import { TestKubernetes } from './TestKubernetes';

/**
 * Runs the test API server by itself until it is told to end, for browser tests
 * and for looking at it with kubectl: `yarn start:kubernetes --port 6443
 * --model-url http://127.0.0.1:8080`. Writes one line of JSON when it listens.
 */
async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      token: { type: 'string' },
      gpus: { type: 'string', default: '4' },
      'model-url': { type: 'string' },
    },
  });
  const modelUrl = values['model-url'];
  const server = await TestKubernetes.start({
    port: Number(values.port),
    token: values.token,
    nodes: [{ name: 'node-1', gpus: Number(values.gpus) }],
    ...(modelUrl && { urlOf: () => modelUrl }),
  });
  process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.stop().then(() => process.exit(0));
    });
  }
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
