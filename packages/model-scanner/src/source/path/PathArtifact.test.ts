import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { harmless, payload } from '../../__testUtils__/scans';
import {
  scanArtifact,
  type ScanArtifactOptions,
  type ScanProgress,
} from '../../scanArtifact';
import { openArtifact, type OpenArtifactOptions } from '..';

const access = { schemes: ['path'] } as const;

let folder: string;
const put = (name: string, content: string | Buffer) => {
  const full = path.join(folder, name);
  fs.mkdirSync(path.dirname(full), { recursive: true });
  fs.writeFileSync(full, content);
};
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scan-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const rulesByPath = async (
  options: Partial<ScanArtifactOptions & OpenArtifactOptions> = {},
) => {
  const { files } = await scanArtifact(folder, { access, ...options });
  return Object.fromEntries(
    files.map(it => [it.path, it.findings.map(({ rule }) => rule)]),
  );
};

describe('folders', () => {
  it('are read whole, hidden files included, in one order', async () => {
    put('b.pkl', harmless());
    put('a/.hidden/x.pkl', payload());
    put('.first.pkl', harmless());
    put('a.pkl', harmless());
    const report = await scanArtifact(folder, { access });
    expect(report.files.map(it => it.path)).toEqual([
      '.first.pkl',
      'a/.hidden/x.pkl',
      'a.pkl',
      'b.pkl',
    ]);
    expect(report.verdict).toBe('malicious');
    const sums = execFileSync('sh', [
      '-c',
      `cd ${folder} && find . -type f | sed 's,^./,,' | LC_ALL=C sort | xargs sha256sum | sha256sum`,
    ]);
    expect(report.digest).toBe(`sha256:${sums.toString().split(' ')[0]}`);
  });

  it('are not left by links, and no pipe is waited for', async () => {
    put('inside/model.pkl', payload());
    fs.symlinkSync('/etc/hostname', path.join(folder, 'outside'));
    fs.symlinkSync('..', path.join(folder, 'inside', 'up'));
    fs.symlinkSync('inside/model.pkl', path.join(folder, 'link.pkl'));
    fs.symlinkSync('gone', path.join(folder, 'nowhere'));
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    expect(await rulesByPath()).toEqual({
      'inside/model.pkl': ['pickle-dangerous-import'],
      'link.pkl': ['pickle-dangerous-import'],
      nowhere: ['unreadable'],
      outside: ['artifact-link-outside'],
      pipe: ['artifact-special-file'],
    });
    expect((await scanArtifact(folder, { access })).verdict).toBe('malicious');
  });

  it('with pointers of Git LFS have not been scanned', async () => {
    put(
      'model.safetensors',
      `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(
        64,
      )}\nsize 123\n`,
    );
    const report = await scanArtifact(folder, { access });
    expect(report).toMatchObject({ verdict: 'error', isTransient: false });
    expect(report.files[0].findings).toEqual([
      {
        rule: 'artifact-not-fetched',
        severity: 'high',
        location: '',
        message: expect.stringContaining('sha256:aaaa'),
      },
    ]);
  });

  it('leave out what they are told to, and say so', async () => {
    put('.git/objects/ab', 'x');
    put('model.pkl', harmless());
    const report = await scanArtifact(folder, { access, exclude: ['.git'] });
    expect(report).toMatchObject({ verdict: 'clean', leftOut: ['.git'] });
  });

  it('without files, or with too many, are not a pass', async () => {
    expect(await scanArtifact(folder, { access })).toMatchObject({
      verdict: 'error',
      findings: [expect.objectContaining({ rule: 'artifact-empty' })],
    });
    put('a.pkl', harmless());
    put('b.pkl', harmless());
    expect(await scanArtifact(folder, { access, maxFiles: 1 })).toMatchObject({
      verdict: 'error',
      findings: [expect.objectContaining({ rule: 'unreadable' })],
    });
  });
});

describe('files', () => {
  it('tell how far they are read', async () => {
    put('model.pkl', harmless());
    const seen: ScanProgress[] = [];
    await scanArtifact(path.join(folder, 'model.pkl'), {
      access,
      onProgress: progress => seen.push(progress),
    });
    expect(seen.at(-1)).toEqual({
      path: 'model.pkl',
      files: 1,
      filesDone: 1,
      bytes: harmless().length,
      bytesDone: harmless().length,
    });
  });

  it('are known by their digest', async () => {
    put('model.pkl', harmless());
    const file = path.join(folder, 'model.pkl');
    const { digest } = await scanArtifact(file, { access });
    const scan = (expectedDigest: string | undefined) =>
      scanArtifact(file, { access, expectedDigest });
    expect(await scan(digest)).toMatchObject({ verdict: 'clean', digest });
    expect(await scan(`sha256:${'0'.repeat(64)}`)).toMatchObject({
      verdict: 'error',
      findings: [expect.objectContaining({ rule: 'artifact-digest-mismatch' })],
    });
  });

  it('that change under the scan are not judged', async () => {
    const file = path.join(folder, 'model.pkl');
    put('model.pkl', harmless());
    const report = await scanArtifact(file, {
      access,
      onProgress: () => fs.appendFileSync(file, 'more'),
    });
    expect(report.verdict).toBe('error');
    expect(report.files[0].findings).toContainEqual(
      expect.objectContaining({ rule: 'artifact-changed' }),
    );
  });

  it('are read only where that is allowed, and only known schemes are', async () => {
    const refused = (uri: string, schemes: ('path' | 'https')[] = ['path']) =>
      openArtifact(uri, { access: { schemes } });
    await expect(refused(folder, ['https'])).rejects.toMatchObject({
      reason: 'not-allowed',
    });
    await expect(refused(`file://${folder}`, [])).rejects.toMatchObject({
      reason: 'not-allowed',
    });
    await expect(refused('ftp://host/x')).rejects.toMatchObject({
      reason: 'invalid',
    });
    await expect(refused(`${folder}/none`)).rejects.toMatchObject({
      reason: 'not-found',
    });
  });

  it('stop being read when the scan is aborted', async () => {
    put('a.pkl', harmless());
    const stop = new AbortController();
    await expect(
      scanArtifact(folder, {
        access,
        signal: stop.signal,
        onProgress: () => stop.abort(new Error('enough')),
      }),
    ).rejects.toThrow('enough');
  });
});
