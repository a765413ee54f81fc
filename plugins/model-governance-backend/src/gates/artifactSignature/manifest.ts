import { createHash } from 'node:crypto';
import { SignatureProblem } from './SignatureProblem';

/** A file, or a part of one, with the digest that was signed. */
export interface SignedResource {
  path: string;
  /** The part, from `start` to before `end`; the whole file without. */
  start?: number;
  end?: number;
  /** As the signer calls it: `sha256`, `blake2b`. */
  algorithm: string;
  /** Lower-case hex. */
  digest: string;
}

/** What was signed of a model, by OpenSSF Model Signing 1.0. */
export interface SignedManifest {
  modelName: string;
  resources: SignedResource[];
  /** Paths that the signer left out, with what lies below them. */
  ignorePaths: string[];
}

const STATEMENT = 'https://in-toto.io/Statement/v1';
const PREDICATE = 'https://model_signing/signature/v1.0';
const PAYLOAD = 'application/vnd.in-toto+json';

/** Files and parts of files. */
const MOST_RESOURCES = 200_000;

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const broken = (what: string) =>
  new SignatureProblem(
    'manifest-broken',
    `What was signed cannot be used: ${what}.`,
    'Sign the files again with model_signing 1.0 or later.',
  );

const isWithin = (path: string) =>
  path === '.' ||
  (path !== '' &&
    !path.startsWith('/') &&
    !path.includes('\\') &&
    path
      .split('/')
      .every(part => part !== '' && part !== '.' && part !== '..'));

/** A statement in the manner of in-toto, out of an envelope. */
export function statementOf(envelope: {
  payloadType: string;
  payload: Buffer;
}): Json {
  if (envelope.payloadType !== PAYLOAD) {
    throw broken(`it is ${envelope.payloadType} and no in-toto statement`);
  }
  let statement: unknown;
  try {
    statement = JSON.parse(envelope.payload.toString('utf8'));
  } catch {
    throw broken('it is not JSON');
  }
  if (!isRecord(statement) || statement._type !== STATEMENT) {
    throw broken('it is no in-toto statement of version 1');
  }
  return statement;
}

/**
 * Reads what was signed. Names of resources and their digests have to add up to
 * the digest of the statement's subject, as the format says.
 *
 * @throws SignatureProblem
 */
export function parseManifest(statement: Json): SignedManifest {
  const { predicateType, subject, predicate } = statement;
  if (predicateType !== PREDICATE) {
    throw broken(`it is a statement of the type ${predicateType}`);
  }
  const [about, ...others] = Array.isArray(subject) ? subject : [];
  if (!isRecord(about) || !isRecord(about.digest) || others.length > 0) {
    throw broken('it is not about exactly one model');
  }
  if (!isRecord(predicate) || !isRecord(predicate.serialization)) {
    throw broken('it does not say how the files were listed');
  }
  const { method, ignore_paths: ignored = [] } = predicate.serialization;
  if (method !== 'files' && method !== 'shards') {
    throw broken(`it lists files in a way that is not known here (${method})`);
  }
  const { resources: listed } = predicate;
  if (!Array.isArray(listed) || listed.length === 0) {
    throw broken('it lists no files');
  }
  if (listed.length > MOST_RESOURCES) {
    throw broken(`it lists more than ${MOST_RESOURCES} files`);
  }
  const root = createHash('sha256');
  const seen = new Set<string>();
  const resources = listed.map(resource => {
    const { name, algorithm, digest } = isRecord(resource) ? resource : {};
    if (
      typeof name !== 'string' ||
      typeof algorithm !== 'string' ||
      typeof digest !== 'string' ||
      !/^([0-9a-f]{2}){16,64}$/i.test(digest)
    ) {
      throw broken('a file in it has no name or digest');
    }
    if (seen.has(name)) throw broken(`it lists ${name} twice`);
    seen.add(name);
    root.update(Buffer.from(digest, 'hex'));
    const place = method === 'shards' ? partOf(name) : { path: name };
    if (!isWithin(place.path)) throw broken(`${name} leads out of the model`);
    return { ...place, algorithm, digest: digest.toLowerCase() };
  });
  if (root.digest('hex') !== about.digest.sha256) {
    throw broken('its list of files does not add up to its own digest');
  }
  if (!Array.isArray(ignored) || !ignored.every(it => typeof it === 'string')) {
    throw broken('the paths that it leaves out cannot be read');
  }
  return {
    modelName: typeof about.name === 'string' ? about.name : '',
    resources,
    ignorePaths: ignored as string[],
  };
}

/** `path:start:end`, as shards are named. */
function partOf(name: string) {
  const [, path, from, to] = /^(.+):(\d+):(\d+)$/.exec(name) ?? [];
  const start = Number(from);
  const end = Number(to);
  if (!path || !Number.isSafeInteger(end) || start > end) {
    throw broken(`${name} is no part of a file`);
  }
  return { path, start, end };
}
