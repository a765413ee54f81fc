import { KeyObject, randomBytes } from 'node:crypto';
import { signText, toPublicKey, verifyText } from '../crypto/keys';
import { parseStrictJson } from '../crypto/parseStrictJson';

/**
 * `aud` of every gateway proof.
 *
 * @public
 */
export const GATEWAY_PROOF_AUDIENCE = 'model-governance';

/** Longest life of a proof, in seconds. */
const LONGEST_LIFE = 60;
/** By how far the clocks of a gateway and the control plane may differ, in seconds. */
const CLOCK_SKEW = 30;

/**
 * The claims of a gateway proof.
 *
 * @public
 */
export interface GatewayProofClaims {
  /** Id of the gateway. */
  iss: string;
  aud: typeof GATEWAY_PROOF_AUDIENCE;
  /** Seconds since the epoch. */
  iat: number;
  /** Seconds since the epoch; at most 60 after `iat`. */
  exp: number;
  /** Different in each proof. */
  jti: string;
  /** HTTP method, in upper case. */
  htm: string;
  /** Path below the control plane's base URL, without its query. */
  htu: string;
}

/**
 * What became of a proof's verification.
 *
 * @public
 */
export type GatewayProofVerification =
  | { ok: true; claims: GatewayProofClaims }
  | {
      ok: false;
      code:
        | 'malformed'
        | 'bad-signature'
        | 'wrong-audience'
        | 'wrong-request'
        | 'expired'
        | 'replayed';
      message: string;
    };

const encode = (value: unknown) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

const HEADER = encode({ alg: 'EdDSA', typ: 'modelhub-gateway-proof+jwt' });

const withoutQuery = (path: string) => path.split('?', 1)[0];

const refuse = (
  code: Extract<GatewayProofVerification, { ok: false }>['code'],
  message: string,
) => ({ ok: false, code, message } as const);

/**
 * A compact JWS (EdDSA) with which a gateway proves, for one request, who it
 * is. Sent as `Authorization: Gateway <proof>`.
 *
 * @param options - `path` is the one below the control plane's base URL, for
 * example `/api/model-governance/allowlist/snapshot`; a query is left out
 *
 * @public
 */
export function createGatewayProof(options: {
  gatewayId: string;
  privateKey: string | KeyObject;
  method: string;
  path: string;
  now: Date;
}): string {
  const iat = Math.floor(options.now.getTime() / 1000);
  const claims: GatewayProofClaims = {
    iss: options.gatewayId,
    aud: GATEWAY_PROOF_AUDIENCE,
    iat,
    exp: iat + LONGEST_LIFE,
    jti: randomBytes(16).toString('base64url'),
    htm: options.method.toUpperCase(),
    htu: withoutQuery(options.path),
  };
  const text = `${HEADER}.${encode(claims)}`;
  return `${text}.${signText(text, options.privateKey)}`;
}

/**
 * The id of the gateway that a proof claims to come from, to find its public
 * key by. It proves nothing.
 *
 * @public
 */
export function readGatewayProofIssuer(proof: string): string | undefined {
  return readClaims(proof)?.iss;
}

/**
 * Checks a gateway's proof for one request.
 *
 * @param publicKey - of the gateway that {@link readGatewayProofIssuer} names;
 * SPKI PEM or key object
 * @param options - `seen` remembers a `jti` until it expires and says whether
 * it knew it already; replicas must share what it remembers
 *
 * @public
 */
export async function verifyGatewayProof(
  proof: string,
  publicKey: string | KeyObject,
  options: {
    method: string;
    path: string;
    now: Date;
    seen: (jti: string, expiresAt: Date) => boolean | Promise<boolean>;
  },
): Promise<GatewayProofVerification> {
  const claims = readClaims(proof);
  if (!claims) {
    return refuse('malformed', 'Expected a compact JWS with alg EdDSA');
  }
  const end = proof.lastIndexOf('.');
  if (
    !verifyText(
      proof.slice(0, end),
      proof.slice(end + 1),
      toPublicKey(publicKey),
    )
  ) {
    return refuse('bad-signature', 'It is not signed by this gateway');
  }
  if (claims.aud !== GATEWAY_PROOF_AUDIENCE) {
    return refuse('wrong-audience', `It is meant for '${claims.aud}'`);
  }
  if (
    claims.htm !== options.method.toUpperCase() ||
    claims.htu !== withoutQuery(options.path)
  ) {
    return refuse(
      'wrong-request',
      `It is for ${claims.htm} ${claims.htu}; make one for each request`,
    );
  }
  const now = options.now.getTime() / 1000;
  if (
    claims.exp - claims.iat > LONGEST_LIFE ||
    claims.iat > now + CLOCK_SKEW ||
    claims.exp <= now - CLOCK_SKEW
  ) {
    return refuse(
      'expired',
      'It is not of this minute; compare the clocks of the gateway and the control plane',
    );
  }
  const forgetAt = new Date((claims.exp + CLOCK_SKEW) * 1000);
  if (await options.seen(`${claims.iss}:${claims.jti}`, forgetAt)) {
    return refuse('replayed', 'It was used before; make one for each request');
  }
  return { ok: true, claims };
}

/** Reads a proof with exactly our header: no other algorithm is ever tried. */
function readClaims(proof: string): GatewayProofClaims | undefined {
  const parts = proof.split('.');
  if (parts.length !== 3 || parts[0] !== HEADER || proof.length > 4096) {
    return undefined;
  }
  let claims: unknown;
  try {
    claims = parseStrictJson(Buffer.from(parts[1], 'base64url').toString());
  } catch {
    return undefined;
  }
  return isClaims(claims) ? claims : undefined;
}

function isClaims(value: unknown): value is GatewayProofClaims {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const it = value as Record<string, unknown>;
  return (
    ['iss', 'aud', 'jti', 'htm', 'htu'].every(
      name => typeof it[name] === 'string' && it[name] !== '',
    ) &&
    Number.isSafeInteger(it.iat) &&
    Number.isSafeInteger(it.exp)
  );
}
