import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkGgufFile } from './checkGgufFile';

const MODEL = path.resolve(
  __dirname,
  '../../../../catalog-info/artifacts/acme/tiny-writer/1.0/tiny-writer.gguf',
);

describe('checkGgufFile', () => {
  const bytes = fs.readFileSync(MODEL);
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gguf-file-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  const fileOf = (content: Buffer) => {
    const file = path.join(folder, 'model.gguf');
    fs.writeFileSync(file, content);
    return file;
  };

  it('lets a sound file pass whose digest is known', async () => {
    const digest = createHash('sha256').update(bytes).digest('hex');
    expect(await checkGgufFile(MODEL, { digest: `sha256:${digest}` })).toBe(
      bytes.length,
    );
  });

  it.each<[string, () => string, RegExp]>([
    ['no file', () => path.join(folder, 'nothing.gguf'), /There is no file/],
    ['a folder', () => folder, /There is no file/],
    [
      'something else',
      () => fileOf(Buffer.from('PK\u0003\u0004 and more')),
      /is no GGUF file|is not run/,
    ],
    [
      'half a file',
      () => fileOf(bytes.subarray(0, 100_000)),
      /is not run, for it is error: .*beyond the file/,
    ],
    [
      'a file with more behind it',
      () => fileOf(Buffer.concat([bytes, Buffer.alloc(4096, 1)])),
      /is not run, for it is suspicious/,
    ],
  ])('refuses %s', async (_, file, words) => {
    await expect(checkGgufFile(file())).rejects.toThrow(words);
  });

  it('refuses other bytes than were meant', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    await expect(checkGgufFile(MODEL, { digest })).rejects.toThrow(
      `and not ${digest}`,
    );
  });
});
