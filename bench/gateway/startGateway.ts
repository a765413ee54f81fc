import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Peer, startProgram } from './processes';

const BIN = path.resolve(
  __dirname,
  '../../packages/model-gateway/bin/modelhub-gateway',
);

/** The gateway as people run it: the program, with a configuration file. */
export async function startGateway(options: {
  upstream: string;
  controlPlane: string;
}): Promise<Peer & { port: number; url: string }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-gateway-'));
  const file = path.join(folder, 'gateway.yaml');
  // JSON is YAML.
  fs.writeFileSync(
    file,
    JSON.stringify({
      listen: { port: 0 },
      controlPlane: {
        url: options.controlPlane,
        enrolmentToken: 'invitation',
        stateDir: path.join(folder, 'state'),
      },
      providers: [
        {
          name: 'acme',
          match: 'acme/*',
          baseUrl: `${options.upstream}/v1`,
          stripPrefix: true,
        },
      ],
    }),
  );
  const peer = await startProgram('The gateway', [
    process.execPath,
    BIN,
    '--config',
    file,
  ]);
  const url = `http://127.0.0.1:${peer.port}`;
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
  return {
    ...peer,
    url,
    async stop() {
      await peer.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
