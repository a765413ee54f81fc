import { signEvidence } from '@modelhub/governance-protocol';
import { randomBytes } from 'node:crypto';
import { EXIT, UnableError } from '../exitCodes';
import { readText } from '../files';
import { filesToPredicate } from './convert';
import { askHub, RefusedError } from './hub';
import { identify, type IdentityOptions } from './identity';

export interface UploadFlags extends IdentityOptions {
  gate?: string;
  type?: string;
  target?: string[];
  cases?: boolean;
  json?: boolean;
  dryRun?: boolean;
}

/** `modelhub evidence upload`. */
export async function upload(
  files: string[],
  flags: UploadFlags,
): Promise<number> {
  const [file] = files;
  const { predicateType, predicate, notes } = filesToPredicate(
    files.map(name => ({ name, text: readText(name) })),
    flags,
  );
  for (const note of notes) process.stderr.write(`Note: ${note}\n`);
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
