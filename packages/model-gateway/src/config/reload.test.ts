import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../__testUtils__/rig';
import { ConfigFile } from './ConfigFile';
import type { GatewayConfig } from './GatewayConfig';
import { readConfig } from './readConfig';

const text = (baseUrl: string, port = 4000) =>
  JSON.stringify({
    listen: { port },
    controlPlane: { url: 'http://portal.example' },
    providers: [{ name: 'a', match: 'a/*', baseUrl }],
  });

describe('ConfigFile', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-config-'));
  const file = path.join(folder, 'gateway.yaml');
  const applied: GatewayConfig[] = [];
  const said: string[] = [];
  let following: ConfigFile;
  const say = (message: string, fields?: object) => {
    said.push(JSON.stringify({ message, ...fields }));
  };
  beforeEach(() => {
    applied.length = 0;
    said.length = 0;
    fs.writeFileSync(file, text('http://one'));
    following = ConfigFile.follow({
      file,
      env: {},
      current: readConfig(file, {}),
      apply: async config => {
        applied.push(config);
      },
      logger: { warn: say, error: say },
    });
  });
  afterEach(() => following.stop());
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  const urls = () => applied.map(({ providers }) => providers[0].baseUrl);

  it('takes over a changed file, also one that is put in its place', async () => {
    fs.writeFileSync(file, text('http://two'));
    await eventually('the change', () => applied.length === 1);
    fs.writeFileSync(`${file}.new`, text('http://three'));
    fs.renameSync(`${file}.new`, file);
    await eventually('the other file', () => applied.length === 2);
    expect(urls()).toEqual(['http://two', 'http://three']);
  });

  it('keeps what holds when a file is bad, and says why', async () => {
    fs.writeFileSync(file, 'providers: 1');
    await eventually('the complaint', () => said.length > 0);
    expect(said[0]).toContain('providers must be array');
    expect(applied).toEqual([]);
    fs.writeFileSync(file, text('http://four'));
    await eventually('the good file', () => applied.length === 1);
  });

  it('does nothing where nothing changed', async () => {
    await following.reload();
    expect([applied, said]).toEqual([[], []]);
  });

  it('says which settings need a restart', async () => {
    fs.writeFileSync(file, text('http://one', 4001));
    await following.reload();
    expect(said.join()).toContain('"settings":"listen"');
  });
});
