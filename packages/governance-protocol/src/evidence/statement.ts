import type { KeyObject } from 'node:crypto';
import {
  isRecord,
  matching,
  moment,
  optional,
  record,
  text,
  type Check,
} from '../checks';
import { canonicalJson } from '../crypto/canonicalJson';
import { parseStrictJson } from '../crypto/parseStrictJson';
import { sha256Hex } from '../crypto/sha256';
import {
  dsseProblem,
  IN_TOTO_PAYLOAD_TYPE,
  signDsse,
  type DsseEnvelope,
} from './dsse';

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/** Largest envelope that a control plane takes, in bytes of its JSON. @public */
export const MAX_EVIDENCE_BYTES = 1024 * 1024;

/** How old a statement may be when it arrives first, in seconds. @public */
export const EVIDENCE_MAX_AGE_SECONDS = 15 * 60;

/**
 * What somebody states to a gate about one version of a model. On the wire it
 * is an in-toto statement: the version is its subject, and gate, nonce and time
 * are annotations of the subject.
 *
 * @public
 */
export interface EvidenceStatement {
  /** `model:<namespace>/<name>`. */
  entityRef: string;
  modelVersion: string;
  /** `sha256:…` of the artifact, or what else the version is pinned by. */
  pin: string;
  gate: string;
  /** 16 to 64 characters that come once for a token. */
  nonce: string;
  /** ISO 8601. */
  issuedAt: string;
  /** What the predicate is, as a URI. */
  predicateType: string;
  predicate: Record<string, unknown>;
}

/**
 * What became of reading an envelope. Nothing is said about its signature.
 *
 * @public
 */
export type ReadEvidence =
  | {
      ok: true;
      envelope: DsseEnvelope;
      keyId: string;
      statement: EvidenceStatement;
    }
  | { ok: false; message: string };

const SHA256_PIN = /^sha256:[0-9a-f]{64}$/;

/** A version as the subject of a statement; what is no artifact has a name of its own. */
function subjectOf(it: EvidenceStatement) {
  return {
    name: `${it.entityRef}@${it.modelVersion}`,
    ...(!SHA256_PIN.test(it.pin) && { uri: it.pin }),
    digest: SHA256_PIN.test(it.pin)
      ? { sha256: it.pin.slice('sha256:'.length) }
      : { modelhubPin: sha256Hex(it.pin) },
    annotations: {
      'modelhub.dev/gate': it.gate,
      'modelhub.dev/nonce': it.nonce,
      'modelhub.dev/issuedAt': it.issuedAt,
    },
  };
}

/**
 * Signs a statement.
 *
 * @param privateKey - Ed25519: the one that the token holds
 *
 * @public
 */
export function signEvidence(
  it: EvidenceStatement,
  privateKey: string | KeyObject,
): DsseEnvelope {
  const statement = {
    _type: STATEMENT_TYPE,
    subject: [subjectOf(it)],
    predicateType: it.predicateType,
    predicate: it.predicate,
  };
  return signDsse(
    { payloadType: IN_TOTO_PAYLOAD_TYPE, payload: canonicalJson(statement) },
    privateKey,
  );
}

const hex = matching(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex');

const subject = record({
  name: matching(
    /^model:[^\s@/]+\/[^\s@/]+@\S{1,200}$/,
    'model:<namespace>/<name>@<version>',
  ),
  uri: optional(text),
  digest: record({ sha256: optional(hex), modelhubPin: optional(hex) }),
  annotations: record({
    'modelhub.dev/gate': text,
    'modelhub.dev/nonce': matching(
      /^[\w-]{16,64}$/,
      '16 to 64 letters, digits, - and _',
    ),
    'modelhub.dev/issuedAt': moment,
  }),
});

const one: Check = value => {
  if (!Array.isArray(value) || value.length !== 1) {
    return 'must hold exactly one subject';
  }
  const problem = subject(value[0]);
  return problem && `[0]${problem.startsWith('.') ? '' : ' '}${problem}`;
};

const statementOf = record({
  _type: matching(/^https:\/\/in-toto\.io\/Statement\/v1$/, STATEMENT_TYPE),
  subject: one,
  predicateType: matching(
    /^https?:\/\/\S{1,500}$/,
    'a URI that begins with https://',
  ),
  predicate: value => (isRecord(value) ? undefined : 'must be an object'),
});

interface WireStatement {
  subject: [
    {
      name: string;
      uri?: string;
      digest: { sha256?: string; modelhubPin?: string };
      annotations: Record<string, string>;
    },
  ];
  predicateType: string;
  predicate: Record<string, unknown>;
}

const refused = (message: string): ReadEvidence => ({ ok: false, message });

/**
 * Reads the statement in an envelope; checks all but its signature and time.
 *
 * @public
 */
export function readEvidence(value: unknown): ReadEvidence {
  const problem = dsseProblem(value);
  if (problem) return refused(problem);
  const envelope = value as DsseEnvelope;
  if (envelope.payloadType !== IN_TOTO_PAYLOAD_TYPE) {
    return refused(`envelope.payloadType must be ${IN_TOTO_PAYLOAD_TYPE}`);
  }
  let parsed: unknown;
  try {
    parsed = parseStrictJson(
      new TextDecoder('utf-8', { fatal: true }).decode(
        Buffer.from(envelope.payload, 'base64'),
      ),
    );
  } catch (error) {
    return refused(`the payload is not JSON: ${(error as Error).message}`);
  }
  const wrong = statementOf(parsed);
  if (wrong)
    return refused(`statement${wrong.startsWith('.') ? '' : ' '}${wrong}`);
  const wire = parsed as WireStatement;
  const [{ name, uri, digest, annotations }] = wire.subject;
  const pin = uri ?? `sha256:${digest.sha256}`;
  const place = name.indexOf('@');
  const statement: EvidenceStatement = {
    entityRef: name.slice(0, place),
    modelVersion: name.slice(place + 1),
    pin,
    gate: annotations['modelhub.dev/gate'],
    nonce: annotations['modelhub.dev/nonce'],
    issuedAt: annotations['modelhub.dev/issuedAt'],
    predicateType: wire.predicateType,
    predicate: wire.predicate,
  };
  if (canonicalJson(subjectOf(statement)) !== canonicalJson(wire.subject[0])) {
    return refused(
      'statement.subject[0] must have digest.sha256 for an artifact, or uri and digest.modelhubPin for anything else',
    );
  }
  return {
    ok: true,
    envelope,
    keyId: envelope.signatures[0].keyid,
    statement,
  };
}
