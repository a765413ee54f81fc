import { TrustedKeys, trustKeys } from '@modelhub/governance-protocol';
import fs from 'node:fs';
import readline from 'node:readline';
import { UnableError } from './exitCodes';

/** The text of a file. */
export function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnableError(`Cannot read ${file}: ${(error as Error).message}`);
  }
}

/** The public keys in PEM files; a file may hold several. */
export function readKeys(files: string[]): TrustedKeys {
  const pems = files.flatMap(file => {
    const found = readText(file).match(
      /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g,
    );
    if (!found) {
      throw new UnableError(
        `${file} holds no public key; expected '-----BEGIN PUBLIC KEY-----'`,
      );
    }
    return found;
  });
  try {
    return trustKeys(pems);
  } catch (error) {
    throw new UnableError((error as Error).message);
  }
}

/** The lines of a file, as a stream; `-` is the standard input. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let input: NodeJS.ReadableStream = process.stdin;
  if (file !== '-') {
    try {
      const handle = await fs.promises.open(file);
      input = handle.createReadStream();
    } catch (error) {
      throw new UnableError(`Cannot read ${file}: ${(error as Error).message}`);
    }
  }
  yield* readline.createInterface({ input, crlfDelay: Infinity });
}
