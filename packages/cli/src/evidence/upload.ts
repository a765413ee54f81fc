import { signEvidence } from '@modelhub/governance-protocol';
import { randomBytes } from 'node:crypto';
import { EXIT, UnableError } from '../exitCodes';
import { readText } from '../files';
import { toPredicate } from './convert';
import { askHub, RefusedError } from './hub';
import { identify, type IdentityOptions } from './identity';

export interface UploadFlags extends IdentityOptions {
  gate?: string;
  type?: string;
  target?: string[];
  json?: boolean;
  dryRun?: boolean;
}

/** `modelhub evidence upload`. */
export async function upload(
  file: string,
  flags: UploadFlags,
): Promise<number> {
  let document: unknown;
  try {
    document = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof UnableError) throw error;
    throw new UnableError(`${file} is no JSON: ${(error as Error).message}`);
  }
  const { predicateType, predicate } = toPredicate(document, flags);
  try {
    const { privateKey, url, gates, ...subject } = await identify(flags);
    const gate = flags.gate ?? (gates.length === 1 ? gates[0] : undefined);
    if (!gate) {
      throw new UnableError(
        `--gate says for which check it is; this token is for ${gates.join(
          ', ',
        )}`,
      );
    }
    const envelope = signEvidence(
      {
        entityRef: subject.entityRef,
        modelVersion: subject.modelVersion,
        pin: subject.pin,
        gate,
        nonce: randomBytes(24).toString('base64url'),
        issuedAt: new Date().toISOString(),
        predicateType,
        predicate,
      },
      privateKey,
    );
    if (flags.dryRun) {
      process.stdout.write(`${JSON.stringify(envelope, undefined, 2)}\n`);
      return EXIT.ok;
    }
    const answer = await askHub(`${url.replace(/\/$/, '')}/evidence`, {
      method: 'POST',
      body: envelope,
    });
    if (flags.json) {
      process.stdout.write(`${answer.trim()}\n`);
      return EXIT.ok;
    }
    const receipt = JSON.parse(answer);
    process.stdout.write(
      `${file}: submitted to the check '${receipt.gateId}' for ${
        receipt.entityRef
      } ${receipt.modelVersion}\n  evidence ${receipt.id}, ${
        receipt.digest
      }\n  ${
        receipt.rechecked === 0
          ? 'No request waits for it; the next one finds it.'
          : `${receipt.rechecked} ${
              receipt.rechecked === 1 ? 'request is' : 'requests are'
            } checked again.`
      }\n`,
    );
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    process.stderr.write(`Refused: ${error.message}\n`);
    return EXIT.bad;
  }
}
