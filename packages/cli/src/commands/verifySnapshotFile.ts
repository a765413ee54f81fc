import { parseStrictJson, verifySnapshot } from '@modelhub/governance-protocol';
import { EXIT, UnableError } from '../exitCodes';
import { readKeys, readText } from '../files';

/** `modelhub snapshot verify`. */
export async function verifySnapshotFile(
  file: string,
  options: { key: string[]; at?: string },
): Promise<number> {
  const now = options.at === undefined ? new Date() : new Date(options.at);
  if (Number.isNaN(now.getTime())) {
    throw new UnableError(`--at '${options.at}' is not an ISO 8601 date`);
  }
  const trustedKeys = readKeys(options.key);
  let signed: unknown;
  try {
    signed = parseStrictJson(readText(file));
  } catch (error) {
    if (error instanceof UnableError) {
      throw error;
    }
    process.stdout.write(`${file}: malformed: ${(error as Error).message}\n`);
    return EXIT.bad;
  }
  const result = verifySnapshot(signed, trustedKeys, { now });
  if (!result.ok) {
    process.stdout.write(`${file}: ${result.code}: ${result.message}\n`);
    return EXIT.bad;
  }
  const { header } = result.payload;
  const counts =
    result.payload.kind === 'full'
      ? Object.entries(result.payload.content).map(
          ([name, list]) => `${list.length} ${name}`,
        )
      : [];
  process.stdout.write(
    `${file}: epoch ${header.epoch}, version ${
      header.version
    }, signed with key ${header.keyId}, valid until ${
      header.notAfter
    }\n${counts.join(', ')}\n`,
  );
  return EXIT.ok;
}
