import { parseArgs } from 'node:util';
import { Gateway } from './Gateway';
import { ConfigFile, readConfig } from './config';
import { runContent } from './content';
import { createJsonLogger } from './telemetry';

const HELP = `modelhub-gateway --config FILE
modelhub-gateway content read --state-dir DIR --profile ID

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
  if (args[0] === 'content') {
    process.exitCode = await runContent(args.slice(1), process.env);
    return;
  }
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
  const logger = createJsonLogger();
  const starting = Gateway.create(config, { logger, ownsProcess: true });
  let following: ConfigFile | undefined;
  const stop = () => {
    following?.stop();
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
    const gateway = await starting;
    following = ConfigFile.follow({
      file,
      env: process.env,
      current: config,
      apply: changed => gateway.reload(changed),
      logger,
    });
    process.on('SIGHUP', () => following?.reload());
  } catch (error) {
    process.stderr.write(
      `The gateway cannot start: ${(error as Error).message}\n`,
    );
    process.exitCode = 1;
  }
}
