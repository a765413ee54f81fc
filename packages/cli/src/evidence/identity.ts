import {
  evidenceKey,
  parseEvidenceToken,
  sha256Hex,
} from '@modelhub/governance-protocol';
import { randomBytes, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UnableError } from '../exitCodes';
import { readText } from '../files';
import { askHub } from './hub';

/** What may be signed, and with which key. */
export interface Identity {
  url: string;
  entityRef: string;
  modelVersion: string;
  pin: string;
  gates: string[];
  privateKey: KeyObject;
}

export interface IdentityOptions {
  tokenFile?: string;
  url?: string;
  model?: string;
  modelVersion?: string;
  audience?: string;
}

type Environment = Record<string, string | undefined>;

/**
 * By a token of the hub, or else by the identity that the CI system gives:
 * GitHub Actions (`permissions: id-token: write`) or GitLab
 * (`id_tokens: MODELHUB_ID_TOKEN`).
 */
export async function identify(
  options: IdentityOptions,
  env: Environment = process.env,
): Promise<Identity> {
  const line = options.tokenFile
    ? readText(options.tokenFile)
    : env.MODELHUB_EVIDENCE_TOKEN;
  if (line) {
    try {
      const token = parseEvidenceToken(line);
      return {
        ...token,
        url: options.url || env.MODELHUB_URL || token.url,
        privateKey: evidenceKey(token.seed).privateKey,
      };
    } catch (error) {
      throw new UnableError((error as Error).message);
    }
  }
  return identifyByCi(options, env);
}

async function identifyByCi(
  options: IdentityOptions,
  env: Environment,
): Promise<Identity> {
  // In CI, what is not set is often an empty text.
  const url = options.url || env.MODELHUB_URL;
  const entityRef = options.model || env.MODELHUB_MODEL;
  const modelVersion = options.modelVersion || env.MODELHUB_MODEL_VERSION;
  if (!(env.ACTIONS_ID_TOKEN_REQUEST_URL || env.MODELHUB_ID_TOKEN)) {
    throw new UnableError(
      'No evidence token and no identity of a CI system. Set MODELHUB_EVIDENCE_TOKEN, or give the job an identity: permissions id-token: write in GitHub Actions, id_tokens MODELHUB_ID_TOKEN in GitLab.',
    );
  }
  if (!url || !entityRef || !modelVersion) {
    throw new UnableError(
      'With the identity of a CI system, --url, --model and --model-version say where to and what about (or MODELHUB_URL, MODELHUB_MODEL, MODELHUB_MODEL_VERSION).',
    );
  }
  const idToken =
    env.MODELHUB_ID_TOKEN ||
    (await gitHubToken(options.audience || env.MODELHUB_AUDIENCE || url, env));
  const key = evidenceKey(seedFor(idToken, env));
  const answer = await askHub(
    `${url.replace(/\/$/, '')}/evidence/ci-identity`,
    {
      method: 'POST',
      body: { idToken, publicKey: key.publicKey, entityRef, modelVersion },
    },
  );
  const { pin, gates, ...leave } = JSON.parse(answer);
  return {
    url,
    entityRef: leave.entityRef,
    modelVersion,
    pin,
    gates,
    privateKey: key.privateKey,
  };
}

/** @see https://docs.github.com/en/actions/reference/security/oidc */
async function gitHubToken(audience: string, env: Environment) {
  const url = new URL(env.ACTIONS_ID_TOKEN_REQUEST_URL!);
  url.searchParams.set('audience', audience);
  const answer = await askHub(url.href, {
    bearer: env.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
  });
  return String(JSON.parse(answer).value);
}

/**
 * The hub takes an identity token for one key only, and GitLab gives a job one
 * token: the steps of a job share the key.
 */
function seedFor(idToken: string, env: Environment): string {
  const folder = env.RUNNER_TEMP || os.tmpdir();
  const file = path.join(
    folder,
    `modelhub-evidence-${sha256Hex(idToken).slice(0, 32)}`,
  );
  try {
    fs.writeFileSync(file, randomBytes(32).toString('base64url'), {
      mode: 0o600,
      flag: 'wx',
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new UnableError(
        `The key of this job cannot be kept in ${folder}: ${
          (error as Error).message
        }`,
      );
    }
  }
  return readText(file);
}
