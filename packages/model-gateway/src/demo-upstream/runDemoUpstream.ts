import { parseArgs } from 'node:util';
import { DemoUpstream } from './DemoUpstream';

const HELP =
  'modelhub-demo-upstream --port N [--host HOST] [--delay-ms N] [--artifacts FOLDER]\n\n  A small OpenAI-compatible server for demos and tests. There is no model in it\n  but the classifiers of the folder, whose weights it really runs.\n';

/**
 * The program `modelhub-demo-upstream`. Ends the process with 2 for wrong
 * usage, 1 when it cannot start.
 *
 * @public
 */
export async function runDemoUpstream(args: string[]): Promise<void> {
  let port: number;
  let host: string | undefined;
  let delayMs: number;
  let artifacts: string | undefined;
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'delay-ms': { type: 'string' },
        artifacts: { type: 'string' },
      },
    });
    host = values.host;
    artifacts = values.artifacts;
    port = Number(values.port);
    delayMs = Number(values['delay-ms'] ?? 15);
    if (!values.port || !Number.isInteger(port) || !(delayMs >= 0)) {
      throw new Error('--port needs a number');
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  const starting = DemoUpstream.create({ host, port, delayMs, artifacts });
  const stop = () => {
    starting
      .then(upstream => upstream.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  try {
    const upstream = await starting;
    process.stdout.write(
      `The demo upstream listens on http://${host ?? '127.0.0.1'}:${
        upstream.port
      }/v1\n`,
    );
  } catch (error) {
    process.stderr.write(
      `The demo upstream cannot start: ${(error as Error).message}\n`,
    );
    process.exitCode = 1;
  }
}
