/**
 * Where a model may be used, from least to most demanding. An approval at a
 * tier also covers the tiers below it.
 *
 * @public
 */
export type Tier = 'sandbox' | 'internal' | 'customer-facing' | 'regulated';

/**
 * How a gateway treats a call of a profile that the allowlist does not cover:
 * pass it and record it, pass it with a warning header, or refuse it.
 *
 * @public
 */
export type EnforcementMode = 'observe' | 'warn' | 'enforce';

/**
 * A named set of callers. Keys belong to exactly one.
 *
 * @public
 */
export interface SnapshotProfile {
  id: string;
  title: string;
  enforcement: EnforcementMode;
}

/**
 * A gateway key, as the data plane knows it: never the secret.
 *
 * @public
 */
export interface SnapshotKey {
  id: string;
  /** Lower-case hex SHA-256 of the whole secret. */
  hash: string;
  profile: string;
  purpose: string;
  /** The highest tier that calls with this key claim. */
  tier: Tier;
  /** ISO 8601. */
  expiresAt?: string;
  /** Requests per minute. */
  requestsPerMinute?: number;
}

/**
 * A model as callers name it.
 *
 * @public
 */
export interface SnapshotModel {
  /** Provider-prefixed id that callers use, for example `meta/llama-3.3-70b-instruct`. */
  gatewayId: string;
  entityRef: string;
  provider: string;
  lifecycle: 'active' | 'deprecated' | 'retired';
  /** ISO 8601 date on which a deprecated model retires. */
  sunset?: string;
  /** `gatewayId` of the model that replaces it. */
  successor?: string;
}

/**
 * One live approval: the only thing that opens a model.
 *
 * @public
 */
export interface SnapshotGrant {
  /** Id of the approval. */
  id: string;
  gatewayId: string;
  /** Name of the approved version. */
  version: string;
  /** What the version is pinned to: an artifact digest (`sha256:…`) … */
  digest?: string;
  /** … or the provider's own model id, for hosted models. */
  providerModelId?: string;
  tier: Tier;
  purpose: string;
  profile: string;
  /** ISO 8601; enforced by the gateway's own clock. */
  expiresAt: string;
  /** ISO 8601; the newest approved version serves calls that name none. */
  approvedAt: string;
}

/**
 * What a full snapshot holds. All lists are sorted by id so that equal content
 * has equal bytes.
 *
 * @public
 */
export interface SnapshotContent {
  profiles: SnapshotProfile[];
  keys: SnapshotKey[];
  models: SnapshotModel[];
  grants: SnapshotGrant[];
}

/**
 * What changed since version `prev`. Removals name ids (`gatewayId` for models).
 *
 * @public
 */
export interface SnapshotDelta {
  put: Partial<SnapshotContent>;
  remove: {
    profiles?: string[];
    keys?: string[];
    models?: string[];
    grants?: string[];
  };
}

/**
 * Signed together with the content.
 *
 * @public
 */
export interface SnapshotHeader {
  format: 'modelhub.dev/allowlist.v1';
  /** Raised, with a second factor, when a database was restored. */
  epoch: number;
  /** Sequence number of the ledger event that this snapshot includes. */
  version: number;
  /** Deltas only: the version that they apply to. */
  prev?: number;
  /** ISO 8601. */
  issuedAt: string;
  /** ISO 8601; a gateway refuses every call after it. */
  notAfter: string;
  /** Key id: the first 16 hex digits of the SHA-256 of the public key's SPKI DER. */
  keyId: string;
}

/**
 * A full snapshot, a delta, or a heartbeat that only prolongs the life of what
 * the gateway holds.
 *
 * @public
 */
export type SnapshotPayload =
  | { kind: 'full'; header: SnapshotHeader; content: SnapshotContent }
  | { kind: 'delta'; header: SnapshotHeader; delta: SnapshotDelta }
  | { kind: 'heartbeat'; header: SnapshotHeader };

/**
 * A payload with its Ed25519 signature over the RFC 8785 canonical JSON of the
 * payload, base64url without padding.
 *
 * @public
 */
export interface SignedSnapshot {
  payload: SnapshotPayload;
  signature: string;
}
