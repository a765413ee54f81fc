import { stat } from 'node:fs/promises';
import { openArtifact, scanArtifact } from '@modelhub/scanner';
import { StartError } from '../engine/loadLlama';

/**
 * Reads the header of the file and hashes its bytes before llama.cpp, which
 * trusts what it is given, sees any of it.
 *
 * @returns its size in bytes
 * @throws StartError where it is no sound GGUF file, or not the one that was meant
 */
export async function checkGgufFile(
  file: string,
  options: {
    /** `sha256:…` */
    digest?: string;
    signal?: AbortSignal;
    onProgress?: (share: number) => void;
  } = {},
): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new StartError(`There is no file ${file}; give one with --model.`);
  }
  const source = await openArtifact(file, { access: { schemes: ['path'] } });
  try {
    const report = await scanArtifact(source, {
      expectedDigest: options.digest,
      signal: options.signal,
      onProgress: ({ bytesDone, bytes }) =>
        options.onProgress?.(bytes ? bytesDone / bytes : 0),
    });
    const [scanned] = report.files;
    const problems = [...report.findings, ...(scanned?.findings ?? [])];
    if (scanned?.format !== 'gguf') {
      throw new StartError(
        `${file} is no GGUF file${
          scanned ? ` but ${scanned.format || 'something unknown'}` : ''
        }.`,
      );
    }
    if (report.verdict !== 'clean') {
      const [worst] = problems;
      throw new StartError(
        `${file} is not run, for it is ${report.verdict}: ${
          worst?.message ?? 'see modelhub scan'
        }.`,
      );
    }
    return found.size;
  } finally {
    await source.close();
  }
}
