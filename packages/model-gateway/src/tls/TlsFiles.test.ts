import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TestCa } from '../__testUtils__/TestCa';
import { eventually } from '../__testUtils__/rig';
import { toServerTls } from './TlsConfig';
import { TlsFiles } from './TlsFiles';

describe('TlsFiles', () => {
  let folder: string;
  let ca: TestCa;
  let logs: string[];
  let files: TlsFiles | undefined;

  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tls-'));
    ca = await TestCa.create(folder);
    logs = [];
  });
  afterEach(() => {
    files?.close();
    fs.rmSync(folder, { recursive: true });
  });

  function open(cert: string, key: string, onChange = () => {}): TlsFiles {
    const log = (message: string) => {
      logs.push(message);
    };
    files = TlsFiles.open({
      names: { cert, key },
      logger: { info: log, warn: log, error: log },
      onChange,
      lookMs: 20,
    });
    return files;
  }

  it('takes over a certificate and its key when both have changed', async () => {
    const { certFile, keyFile } = await ca.issue('gateway');
    let changes = 0;
    const opened = open(certFile, keyFile, () => {
      changes += 1;
    });
    const before = opened.material;
    const next = await ca.issue('next');

    fs.copyFileSync(next.certFile, certFile);
    await eventually('the half change was noticed', () =>
      logs.includes('New certificates were not taken over'),
    );
    expect(opened.material).toBe(before);

    fs.copyFileSync(next.keyFile, keyFile);
    await eventually('the change was taken over', () => changes > 0);
    expect(opened.material.cert).toEqual(fs.readFileSync(next.certFile));
    expect(logs).toContain('Took over new certificates');
  });

  it('follows a link that moves, as Kubernetes moves it', async () => {
    const one = await ca.issue('one');
    const two = await ca.issue('two');
    for (const [name, { certFile, keyFile }] of Object.entries({ one, two })) {
      fs.mkdirSync(path.join(folder, `data-${name}`));
      fs.copyFileSync(certFile, path.join(folder, `data-${name}`, 'tls.crt'));
      fs.copyFileSync(keyFile, path.join(folder, `data-${name}`, 'tls.key'));
    }
    const link = path.join(folder, 'data');
    fs.symlinkSync('data-one', link);
    const opened = open(path.join(link, 'tls.crt'), path.join(link, 'tls.key'));
    fs.symlinkSync('data-two', `${link}-new`);
    fs.renameSync(`${link}-new`, link);
    await eventually('the change was taken over', () =>
      logs.includes('Took over new certificates'),
    );
    expect(opened.material.cert).toEqual(fs.readFileSync(two.certFile));
  });

  it('does not start with files that do not belong together', async () => {
    const { certFile } = await ca.issue('one');
    const { keyFile } = await ca.issue('two');
    expect(() => open(certFile, keyFile)).toThrow(certFile);
    expect(() => open(certFile, path.join(folder, 'none.key'))).toThrow(
      'none.key',
    );
  });

  it.each([
    [0o600, false],
    [0o440, false],
    [0o644, true],
    [0o620, true],
  ])('with mode %o warns of the key: %s', async (mode, warns) => {
    const { certFile, keyFile } = await ca.issue('gateway');
    fs.chmodSync(keyFile, mode);
    open(certFile, keyFile);
    expect(logs.some(line => line.includes('private key'))).toBe(warns);
  });
});

describe('toServerTls', () => {
  it('asks for a certificate where somebody may issue them', () => {
    const files = { certFile: 'tls.crt', keyFile: '/etc/tls.key' };
    expect(toServerTls(files, '/conf')).toEqual({
      certFile: '/conf/tls.crt',
      keyFile: '/etc/tls.key',
      requireClientCert: false,
    });
    expect(
      toServerTls({ ...files, clientCaFile: 'ca.crt' }, '/conf'),
    ).toMatchObject({
      clientCaFile: '/conf/ca.crt',
      requireClientCert: true,
    });
    expect(() =>
      toServerTls({ ...files, requireClientCert: true }, '/'),
    ).toThrow('needs listen.tls.clientCaFile');
  });
});
