import {
  parseStrictJson,
  verifyBundle,
  type BundleVerification,
} from '@modelhub/governance-protocol';
import fs from 'node:fs';
import { EXIT, UnableError } from '../exitCodes';
import { linesOf, readKeys, readText } from '../files';
import { askHub, RefusedError } from './hub';

/** `modelhub evidence bundle`. */
export async function bundle(
  approvalId: string,
  flags: { url?: string; out?: string },
): Promise<number> {
  const url = flags.url ?? process.env.MODELHUB_URL;
  if (!url) {
    throw new UnableError(
      '--url says where the hub is: https://portal.example.com/api/model-governance (or MODELHUB_URL)',
    );
  }
  try {
    const text = await askHub(
      `${url.replace(/\/$/, '')}/approvals/${encodeURIComponent(
        approvalId,
      )}/evidence-bundle`,
      { bearer: process.env.MODELHUB_TOKEN },
    );
    if (!flags.out) {
      process.stdout.write(`${text}\n`);
      return EXIT.ok;
    }
    fs.writeFileSync(flags.out, `${text}\n`);
    process.stdout.write(
      `${flags.out}: all evidence of approval ${approvalId}\n`,
    );
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    process.stderr.write(
      `Refused: ${error.message}\n${
        process.env.MODELHUB_TOKEN
          ? ''
          : 'MODELHUB_TOKEN holds a Backstage token of somebody who may read the approval.\n'
      }`,
    );
    return EXIT.bad;
  }
}

/** `modelhub evidence verify`. */
export async function verify(
  file: string,
  flags: { key?: string[]; ledger?: string; json?: boolean },
): Promise<number> {
  const trustedKeys = flags.key ? readKeys(flags.key) : undefined;
  const text = readText(file);
  let parsed: unknown;
  let result: BundleVerification;
  try {
    parsed = parseStrictJson(text);
    result = await verifyBundle(parsed, {
      trustedKeys,
      ...(flags.ledger && { ledger: linesOf(flags.ledger) }),
    });
  } catch (error) {
    if (error instanceof UnableError) throw error;
    result = {
      ok: false,
      reason: 'malformed',
      place: 'bundle',
      message: (error as Error).message,
    };
  }
  process.stdout.write(
    flags.json ? `${JSON.stringify(result)}\n` : inWords(file, result),
  );
  return result.ok ? EXIT.ok : EXIT.bad;
}

function inWords(file: string, result: BundleVerification): string {
  if (!result.ok) {
    return `${file}: ${result.place}: ${result.reason}: ${result.message}\n`;
  }
  const { approval } = result;
  return [
    `${file}: in order`,
    `  approval ${approval.id}: ${approval.entityRef} ${approval.modelVersion}, ${approval.tier}, ${approval.state}`,
    `  ${approval.pin}`,
    `  ${result.gates} checks with ${result.files} documents, ${result.submissions} submissions, ${result.events} events of the ledger`,
    `  bundled ${result.createdAt}, signed with key ${result.keyId}`,
    ...(result.keysTrusted
      ? []
      : [
          '  The keys come from the bundle itself: give --key with those of your hub, or a bundle forged as a whole looks the same',
        ]),
    ...(result.ledgerChecked
      ? ['  The events are in the ledger that was given']
      : [
          '  That the events are in the ledger is the word of the hub: give --ledger with an export to see for yourself',
        ]),
    '',
  ].join('\n');
}
