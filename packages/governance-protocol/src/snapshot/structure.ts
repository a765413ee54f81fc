import {
  amount,
  at,
  count,
  flag,
  isRecord,
  listOf,
  matching,
  moment,
  oneOf,
  optional,
  record,
  sortedBy,
  text,
  type Check,
  type Shape,
} from '../checks';
import { experimentsCheck } from '../online/structure';
import { ENDPOINT_ID } from './endpoint';
import { TIERS } from './tiers';
import type {
  SnapshotAgentRules,
  SnapshotContent,
  SnapshotDelta,
  SnapshotEndpoint,
  SnapshotGrant,
  SnapshotHeader,
  SnapshotKey,
  SnapshotLimits,
  SnapshotModel,
  SnapshotPayload,
  SnapshotPricing,
  SnapshotProfile,
  SnapshotPurpose,
  SnapshotSanitation,
  SnapshotTier,
  SnapshotToolRule,
} from './types';

const limits: Shape<SnapshotLimits> = {
  requestsPerMinute: optional(count(1)),
  tokensPerMinute: optional(count(1)),
  maxConcurrent: optional(count(1)),
  maxPromptTokens: optional(count(1)),
  maxPromptBytes: optional(count(1)),
};

const sanitationActions = optional(
  record({
    secrets: optional(oneOf(['report', 'redact', 'refuse'])),
    'personal-data': optional(oneOf(['report', 'redact', 'refuse'])),
  }),
);

const sanitation: Shape<SnapshotSanitation> = {
  requests: sanitationActions,
  responses: sanitationActions,
};

const toolAction = oneOf(['allow', 'deny', 'ask']);

const toolRule: Shape<SnapshotToolRule> = {
  match: text,
  action: toolAction,
  risk: optional(amount),
};

const agents: Shape<SnapshotAgentRules> = {
  maxCallsPerTrace: optional(count(1)),
  riskBudgetPerTrace: optional(amount),
  maxRepeats: optional(count(1)),
  tools: optional(listOf(record(toolRule))),
  otherTools: optional(toolAction),
  askSeconds: optional(count(1)),
};

const profile: Shape<SnapshotProfile> = {
  id: text,
  title: text,
  enforcement: oneOf(['observe', 'warn', 'enforce']),
  limits: optional(record(limits)),
  batches: optional(flag),
  cacheSeconds: optional(count(1)),
  sanitation: optional(record(sanitation)),
  contentRetentionDays: optional(count(1)),
  agents: optional(record(agents)),
  experiments: optional(experimentsCheck),
};

const purpose: Shape<SnapshotPurpose> = {
  id: text,
  regions: optional(listOf(text)),
  maxRetentionDays: optional(count(0)),
};

const tier: Shape<SnapshotTier> = {
  id: oneOf(TIERS),
  maxAgeSeconds: count(1),
};

const pricing: Shape<SnapshotPricing> = {
  currency: matching(/^[A-Z]{3}$/, 'an ISO 4217 code'),
  inputPerMTok: optional(amount),
  cachedInputPerMTok: optional(amount),
  outputPerMTok: optional(amount),
};

const sha256 = matching(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex');

const endpoint: Shape<SnapshotEndpoint> = {
  id: matching(ENDPOINT_ID, 'a DNS label'),
  gatewayId: optional(text),
  version: optional(text),
  baseUrl: optional(text),
  model: optional(text),
};

const key: Shape<SnapshotKey> = {
  id: text,
  hash: sha256,
  profile: text,
  purpose: text,
  tier: oneOf(TIERS),
  expiresAt: optional(moment),
  limits: optional(record(limits)),
  team: optional(text),
  endpoint: optional(record(endpoint)),
  previous: optional(record({ hash: sha256, until: moment })),
};

const model: Shape<SnapshotModel> = {
  gatewayId: text,
  entityRef: text,
  provider: text,
  lifecycle: oneOf(['active', 'deprecated', 'retired']),
  sunset: optional(moment),
  successor: optional(text),
  pricing: optional(record(pricing)),
  regions: optional(listOf(text)),
  retentionDays: optional(count(0)),
};

const grant: Shape<SnapshotGrant> = {
  id: text,
  gatewayId: text,
  version: text,
  digest: optional(text),
  providerModelId: optional(text),
  tier: oneOf(TIERS),
  purpose: text,
  profile: text,
  expiresAt: moment,
  approvedAt: moment,
};

const id = (item: unknown) => (item as { id: string }).id;
const gatewayId = (item: unknown) => (item as { gatewayId: string }).gatewayId;
const itself = (item: unknown) => item as string;

const content: Shape<SnapshotContent> = {
  profiles: sortedBy(id, record(profile)),
  keys: sortedBy(id, record(key)),
  models: sortedBy(gatewayId, record(model)),
  grants: sortedBy(id, record(grant)),
  purposes: sortedBy(id, record(purpose)),
  tiers: sortedBy(id, record(tier)),
};

const mapShape = (
  shape: Record<string, Check>,
  change: (check: Check) => Check,
) =>
  Object.fromEntries(
    Object.entries(shape).map(([name, check]) => [name, change(check)]),
  );

const delta: Shape<SnapshotDelta> = {
  put: record(mapShape(content, optional)),
  remove: record(mapShape(content, () => optional(sortedBy(itself, text)))),
};

const header: Shape<SnapshotHeader> = {
  format: oneOf(['modelhub.dev/allowlist.v1']),
  epoch: count(0),
  version: count(0),
  prev: optional(count(0)),
  issuedAt: moment,
  notAfter: moment,
  keyId: matching(/^[0-9a-f]{16}$/, 'a key id of 16 hex digits'),
};

const payloads: Record<SnapshotPayload['kind'], Check> = {
  full: record({
    kind: text,
    header: record(header),
    content: record(content),
  }),
  delta: record({ kind: text, header: record(header), delta: record(delta) }),
  heartbeat: record({ kind: text, header: record(header) }),
};

/**
 * Says what is wrong with the structure of a snapshot payload, or nothing.
 * Strict: an unknown field is wrong too, because an older reader must not
 * overlook a limit that a newer writer has set.
 */
export function payloadProblem(payload: unknown): string | undefined {
  const kind = isRecord(payload) ? payload.kind : undefined;
  if (kind !== 'full' && kind !== 'delta' && kind !== 'heartbeat') {
    return 'payload.kind must be one of full, delta, heartbeat';
  }
  const problem = payloads[kind](payload);
  if (problem) {
    return `payload${at('', problem).slice(1)}`;
  }
  return headerProblem(payload as unknown as SnapshotPayload);
}

function headerProblem({ kind, header: it }: SnapshotPayload) {
  if (kind === 'delta') {
    if (it.prev === undefined || it.prev >= it.version) {
      return 'payload.header.prev of a delta must be below its version';
    }
  } else if (it.prev !== undefined) {
    return 'payload.header.prev belongs to deltas only';
  }
  return Date.parse(it.notAfter) > Date.parse(it.issuedAt)
    ? undefined
    : 'payload.header.notAfter must be later than issuedAt';
}
