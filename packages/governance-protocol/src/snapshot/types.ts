import type { SnapshotExperiment } from '../online/types';

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
 * What callers may use at most. Of a profile: by all its keys together; of a
 * key: by that key. Absent means without bound.
 *
 * @public
 */
export interface SnapshotLimits {
  requestsPerMinute?: number;
  /** Input and output tokens together. */
  tokensPerMinute?: number;
  /** Calls at one time. */
  maxConcurrent?: number;
  /** Of one call, counted or estimated before it is sent. */
  maxPromptTokens?: number;
  /** Of one call, as its caller sends it: the body with everything in it. */
  maxPromptBytes?: number;
}

/**
 * What is looked for in a text that passes the gateway.
 *
 * @public
 */
export type SanitationKind = 'secrets' | 'personal-data';

/**
 * What is done about a finding: only count it, mask it, or refuse the call.
 *
 * @public
 */
export type SanitationAction = 'report' | 'redact' | 'refuse';

/**
 * What a profile asks to be done with the texts of its calls.
 *
 * @public
 */
export interface SnapshotSanitation {
  requests?: Partial<Record<SanitationKind, SanitationAction>>;
  responses?: Partial<Record<SanitationKind, SanitationAction>>;
}

/**
 * Whether an agent may offer a tool to a model; `ask` holds the call until a
 * person decides.
 *
 * @public
 */
export type ToolAction = 'allow' | 'deny' | 'ask';

/**
 * A rule for the tools that a call offers to its model. The first that matches
 * decides.
 *
 * @public
 */
export interface SnapshotToolRule {
  /** Name of a tool, or a prefix that ends in `*`. */
  match: string;
  action: ToolAction;
  /** What a call that offers the tool takes from the risk budget of its trace; 0 without. */
  risk?: number;
}

/**
 * Guard rails for agents. A trace is what one task of an agent calls.
 *
 * @public
 */
export interface SnapshotAgentRules {
  maxCallsPerTrace?: number;
  riskBudgetPerTrace?: number;
  /** How often the same call may come in one trace before it counts as a loop. */
  maxRepeats?: number;
  tools?: SnapshotToolRule[];
  /** For tools that no rule matches; `allow` without. */
  otherTools?: ToolAction;
  /** How long a call waits for a person; 120 without. */
  askSeconds?: number;
}

/**
 * A named set of callers. Keys belong to exactly one.
 *
 * @public
 */
export interface SnapshotProfile {
  id: string;
  title: string;
  enforcement: EnforcementMode;
  limits?: SnapshotLimits;
  /** Whether files and batches may be sent; refused without. */
  batches?: boolean;
  /** Answers may be repeated to equal calls for so long; never without. */
  cacheSeconds?: number;
  sanitation?: SnapshotSanitation;
  /** Prompts and answers are kept for so many days; not at all without. */
  contentRetentionDays?: number;
  agents?: SnapshotAgentRules;
  /** Live scoring and A/B tests that run now. */
  experiments?: SnapshotExperiment[];
}

/**
 * What a purpose asks of the models that serve it.
 *
 * @public
 */
export interface SnapshotPurpose {
  id: string;
  /** Where prompts may be processed; anywhere without. */
  regions?: string[];
  /** For how long a provider may keep prompts at most; for any time without. */
  maxRetentionDays?: number;
}

/**
 * What a tier asks of gateways.
 *
 * @public
 */
export interface SnapshotTier {
  id: Tier;
  /** A gateway refuses calls of the tier when what it last heard is older. */
  maxAgeSeconds: number;
}

/**
 * Prices of a hosted model, or of a self-hosted one as its owner reckons them.
 *
 * @public
 */
export interface SnapshotPricing {
  /** ISO 4217. */
  currency: string;
  /** For a million tokens. */
  inputPerMTok?: number;
  cachedInputPerMTok?: number;
  outputPerMTok?: number;
}

/**
 * The evaluation endpoint that a key belongs to. Without the rest it is still
 * starting, and the key opens nothing.
 *
 * @public
 */
export interface SnapshotEndpoint {
  /** A DNS label. */
  id: string;
  /** The one model that the key opens, … */
  gatewayId?: string;
  /** … and the one version of it. */
  version?: string;
  /** Of its OpenAI-compatible API, for example `http://127.0.0.1:41000/v1`. */
  baseUrl?: string;
  /** How the server there calls the model. */
  model?: string;
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
  /** Of this key alone; those of its profile hold too. */
  limits?: SnapshotLimits;
  /** Entity ref of the group or component that owns it; absent for a person's key. */
  team?: string;
  /** The key opens this evaluation endpoint and nothing else. */
  endpoint?: SnapshotEndpoint;
  /** The secret before the last rotation, while it still holds. */
  previous?: {
    /** As `hash`. */
    hash: string;
    /** ISO 8601. */
    until: string;
  };
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
  pricing?: SnapshotPricing;
  /** Where prompts are processed, by the provider's word; unknown without. */
  regions?: string[];
  /** For how long the provider keeps prompts, by its word; unknown without. */
  retentionDays?: number;
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
  /** A purpose that is not listed asks nothing. */
  purposes: SnapshotPurpose[];
  /** A tier that is not listed takes the age of the snapshot's `notAfter`. */
  tiers: SnapshotTier[];
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
    purposes?: string[];
    tiers?: string[];
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
