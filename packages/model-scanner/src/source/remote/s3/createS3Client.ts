import http from 'node:http';
import https from 'node:https';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Access } from '../../AccessRules';
import type { Settings } from '../../OpenOptions';
import type { HttpPatience } from '../HttpClient';

/** Sends what the SDK asks for only where the access rules allow it. */
class GuardedHandler extends NodeHttpHandler {
  readonly #access: Access;

  constructor(access: Access, patience: HttpPatience) {
    const agent = { keepAlive: true, maxSockets: 8, lookup: access.lookup };
    super({
      connectionTimeout: patience.timeoutMs,
      socketTimeout: patience.timeoutMs,
      httpAgent: new http.Agent(agent),
      httpsAgent: new https.Agent(agent),
    });
    this.#access = access;
  }

  override async handle(
    ...args: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const [{ protocol, hostname, port }] = args;
    this.#access.checkUrl(
      new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}`),
    );
    return super.handle(...args);
  }
}

/** A client of S3 within the access rules, with the SDK's own credentials. */
export function createS3Client(options: {
  access: Access;
  settings: Settings;
  patience: HttpPatience;
  isUnsigned: boolean;
}): S3Client {
  const { access, settings, patience, isUnsigned } = options;
  const { env } = settings;
  const endpoint = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  const config: S3ClientConfig = {
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1',
    followRegionRedirects: true,
    // Other servers than Amazon's rarely have a host name for each bucket.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    maxAttempts: patience.retries + 1,
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: new GuardedHandler(access, patience),
  };
  if (isUnsigned) config.signer = { sign: async request => request };
  else if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) {
    config.credentials = {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
    };
  }
  return new S3Client(config);
}
