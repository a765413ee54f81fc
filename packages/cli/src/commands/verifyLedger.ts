import {
  LedgerCheckpoint,
  parseStrictJson,
  verifyChain,
} from '@modelhub/governance-protocol';
import { EXIT, UnableError } from '../exitCodes';
import { linesOf, readKeys, readText } from '../files';

/** `modelhub ledger verify`. */
export async function verifyLedger(
  file: string,
  options: { checkpoints?: string; key?: string[] },
): Promise<number> {
  const result = await verifyChain(linesOf(file), {
    checkpoints: options.checkpoints
      ? readCheckpoints(options.checkpoints)
      : undefined,
    trustedKeys: options.key ? readKeys(options.key) : undefined,
  });
  if (!result.ok) {
    const { line, reason, message } = result.firstBad;
    const place = line === undefined ? file : `${file}:${line}`;
    process.stdout.write(
      `${place}: ${reason}: ${message}\n${result.events} events before it are in order\n`,
    );
    return EXIT.bad;
  }
  const { events, checkpoints, signaturesChecked, head } = result;
  process.stdout.write(
    `${file}: ${events} events are in order${
      head ? `, the last has hash ${head.hash}` : ''
    }\n${checkpoints} checkpoints agree${
      checkpoints > 0 && !signaturesChecked
        ? '; their signatures were not checked (give --key)'
        : ''
    }\n`,
  );
  if (checkpoints === 0) {
    process.stdout.write(
      'Without a checkpoint a chain that was rewritten from its beginning, or lost its end, looks the same\n',
    );
  }
  return EXIT.ok;
}

/** A JSON list, an answer of the API (`items`), or JSON Lines. */
function readCheckpoints(file: string): LedgerCheckpoint[] {
  const text = readText(file);
  let found: unknown;
  try {
    found = parseStrictJson(text);
  } catch {
    try {
      found = text
        .split('\n')
        .filter(line => line.trim() !== '')
        .map(parseStrictJson);
    } catch (error) {
      throw new UnableError(`${file}: ${(error as Error).message}`);
    }
  }
  const { items = found } = found as { items?: unknown };
  const list = Array.isArray(items) ? items : [items];
  if (!list.every(isCheckpoint)) {
    throw new UnableError(
      `${file}: expected checkpoints { seq, hash, at, keyId, signature }`,
    );
  }
  return list;
}

function isCheckpoint(value: unknown): value is LedgerCheckpoint {
  const it = (value ?? {}) as Record<string, unknown>;
  return (
    Number.isSafeInteger(it.seq) &&
    ['hash', 'at', 'keyId', 'signature'].every(
      name => typeof it[name] === 'string',
    )
  );
}
