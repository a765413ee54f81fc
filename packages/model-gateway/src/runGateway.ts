import { parseArgs } from 'node:util';
import { Gateway } from './Gateway';
import { readConfig } from './config';

const HELP = `modelhub-gateway --config FILE

  Passes calls on to models that were approved, and refuses the others.
  The settings and their environment variables are in the package's README.
`;

/**
 * The program `modelhub-gateway`. Ends the process with 2 for wrong usage or
 * configuration, 1 when it cannot start.
 *
 * @public
 */
export async function runGateway(args: string[]): Promise<void> {
  let file: string | undefined;
  try {
    const { values } = parseArgs({
      args,
      options: { config: { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help) {
      process.stdout.write(HELP);
      return;
    }
    file = values.config;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
  }
  if (!file) {
    process.stderr.write(HELP);
    process.exitCode = 2;
    return;
  }
  let config;
  try {
    config = readConfig(file, process.env);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 2;
    return;
  }
  const starting = Gateway.create(config, { ownsProcess: true });
  const stop = () => {
    starting
      .then(gateway => gateway.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  // A second signal ends it at once.
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  try {
    await starting;
  } catch (error) {
    process.stderr.write(
      `The gateway cannot start: ${(error as Error).message}\n`,
    );
    process.exitCode = 1;
  }
}
