import { createHmac } from 'node:crypto';
import type { SnapshotKey } from './types';

/** What the token of an endpoint is for, so that it is never one for anything else. */
const TOKEN_CONTEXT = 'modelhub.dev/endpoint.v1:';

const SHORTEST_SECRET = 32;

/** A DNS label, because engines name what runs by it. */
export const ENDPOINT_ID = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An evaluation endpoint that is ready: the one model that its key opens, and
 * where it is called.
 *
 * @public
 */
export type BoundEndpoint = Required<NonNullable<SnapshotKey['endpoint']>>;

/**
 * What the key of an evaluation endpoint is bound to.
 *
 * @returns nothing while the endpoint is still starting, and for any other key
 *
 * @public
 */
export function boundEndpoint({
  endpoint,
}: Pick<SnapshotKey, 'endpoint'>): BoundEndpoint | undefined {
  if (!endpoint) {
    return undefined;
  }
  const { id, gatewayId, version, baseUrl, model } = endpoint;
  return gatewayId && version && baseUrl && model
    ? { id, gatewayId, version, baseUrl, model }
    : undefined;
}

/**
 * What a gateway sends an evaluation endpoint as `Authorization: Bearer`, and
 * what the endpoint has to be started with: base64url of
 * HMAC-SHA256(secret, `modelhub.dev/endpoint.v1:` and the endpoint's id). Both
 * work it out by themselves, so that it is kept and sent nowhere.
 *
 * @param secret - shared by the serving room and the gateways; 32 characters or
 * more
 * @throws TypeError when the secret is shorter, or the id is no DNS label
 *
 * @public
 */
export function endpointToken(secret: string, endpointId: string): string {
  if (secret.length < SHORTEST_SECRET) {
    throw new TypeError(
      `The secret of evaluation endpoints needs ${SHORTEST_SECRET} characters or more`,
    );
  }
  if (!ENDPOINT_ID.test(endpointId)) {
    throw new TypeError(`'${endpointId}' is not the id of an endpoint`);
  }
  return createHmac('sha256', secret)
    .update(TOKEN_CONTEXT + endpointId)
    .digest('base64url');
}

/**
 * Says why a text cannot be the base URL of an evaluation endpoint, or nothing:
 * absolute, http or https, without credentials, query and fragment.
 *
 * @public
 */
export function endpointBaseUrlProblem(text: string): string | undefined {
  if (!URL.canParse(text) || !/^https?:\/\/[^/\\]/i.test(text)) {
    return 'must be an absolute http or https URL';
  }
  // What a parser drops or repairs is a URL that two readers read differently.
  if (/[\s\\\p{Cc}]/u.test(text)) {
    return 'must not hold spaces, backslashes or control characters';
  }
  const authority = text.split('/', 3)[2];
  if (authority.includes('@')) {
    return 'must not hold credentials';
  }
  if (text.includes('?') || text.includes('#')) {
    return 'must not hold a query or a fragment';
  }
  return undefined;
}
