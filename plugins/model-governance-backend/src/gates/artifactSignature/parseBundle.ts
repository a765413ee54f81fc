import { createHash } from 'node:crypto';
import { SignatureProblem } from './SignatureProblem';

/** What a Sigstore bundle says, before anything of it is believed. */
export interface ParsedBundle {
  /** As it was, for those who verify it whole. */
  json: Record<string, unknown>;
  /** What was signed over. */
  signed: Buffer;
  signature: Buffer;
  /** Type and bytes of what a DSSE envelope holds. */
  envelope?: { payloadType: string; payload: Buffer };
  /** Of a signature over a message, its SHA-256. */
  messageDigest?: string;
  material:
    | { kind: 'key'; hint?: string }
    /** DER, the signer's first. */
    | { kind: 'certificate'; chain: Buffer[] };
}

type Json = Record<string, unknown>;

const broken = (what: string) =>
  new SignatureProblem(
    'signature-broken',
    `The signature cannot be read: ${what}.`,
    'Sign the files again with model_signing or cosign, and publish what they write unchanged.',
  );

const record = (value: unknown, what: string): Json => {
  if (value && typeof value === 'object' && !Array.isArray(value)) {
    return value as Json;
  }
  throw broken(`${what} is missing`);
};

function bytes(value: unknown, what: string): Buffer {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) {
    throw broken(`${what} is not base64`);
  }
  return Buffer.from(value, 'base64');
}

const TYPE =
  /^application\/vnd\.dev\.sigstore\.bundle(\.v0\.\d+\+json|\+json;version=0\.\d+)$/;

/** The bytes that DSSE signs: its pre-authentication encoding, version 1. */
export function preAuthEncoding(payloadType: string, payload: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(
      `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${
        payload.length
      } `,
    ),
    payload,
  ]);
}

/**
 * Reads a Sigstore bundle; laxly, as those of model_signing leave out what they
 * have no use for.
 *
 * @throws SignatureProblem
 */
export function parseBundle(text: string, message?: Buffer): ParsedBundle {
  let json: Json;
  try {
    json = record(JSON.parse(text), 'the bundle');
  } catch (error) {
    throw error instanceof SignatureProblem ? error : broken('it is not JSON');
  }
  if (typeof json.mediaType !== 'string' || !TYPE.test(json.mediaType)) {
    throw broken('it is no Sigstore bundle');
  }
  const material = materialOf(record(json.verificationMaterial, 'the key'));
  if (json.dsseEnvelope !== undefined) {
    return { json, material, ...envelopeOf(record(json.dsseEnvelope, '')) };
  }
  const { messageDigest, signature } = record(
    json.messageSignature,
    'the signed content',
  );
  if (!message) throw broken('it signs bytes that are not with it');
  const { digest, algorithm } = record(messageDigest ?? {}, '');
  const own = createHash('sha256').update(message).digest();
  if (
    digest !== undefined &&
    (algorithm !== 'SHA2_256' || !bytes(digest, 'the digest').equals(own))
  ) {
    throw broken('it is about other bytes');
  }
  return {
    json,
    material,
    signed: message,
    signature: bytes(signature, 'the signature'),
    messageDigest: own.toString('hex'),
  };
}

function envelopeOf({ payload, payloadType, signatures }: Json) {
  if (typeof payloadType !== 'string') throw broken('payloadType is missing');
  if (!Array.isArray(signatures) || signatures.length !== 1) {
    throw broken('it does not hold exactly one signature');
  }
  const content = bytes(payload, 'the payload');
  return {
    envelope: { payloadType, payload: content },
    signed: preAuthEncoding(payloadType, content),
    signature: bytes(record(signatures[0], 'the signature').sig, 'sig'),
  };
}

const rawBytes = (certificate: unknown) =>
  bytes(record(certificate, 'a certificate').rawBytes, 'a certificate');

function materialOf(material: Json): ParsedBundle['material'] {
  if (material.certificate !== undefined) {
    return { kind: 'certificate', chain: [rawBytes(material.certificate)] };
  }
  if (material.x509CertificateChain !== undefined) {
    const { certificates } = record(material.x509CertificateChain, '');
    if (!Array.isArray(certificates) || certificates.length === 0) {
      throw broken('its chain of certificates is empty');
    }
    return { kind: 'certificate', chain: certificates.map(rawBytes) };
  }
  const { hint } = record(material.publicKey, 'the key');
  return { kind: 'key', ...(typeof hint === 'string' && hint && { hint }) };
}
