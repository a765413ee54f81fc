import { TIERS } from './tiers';
import type {
  SnapshotAgentRules,
  SnapshotContent,
  SnapshotDelta,
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

/** Says what is wrong with a value, or nothing. */
type Check = (value: unknown) => string | undefined;

/** A check for each field, so that a new field cannot be forgotten here. */
type Shape<T> = { [K in keyof Required<T>]: Check };

const LONGEST_TEXT = 2048;

/** What nearly every text consists of; it is far quicker to test for. */
const PRINTABLE_ASCII = /^[ -~]*$/;

const text: Check = value =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= LONGEST_TEXT &&
  (PRINTABLE_ASCII.test(value) || !/\p{Cc}/u.test(value))
    ? undefined
    : `must be a text of 1 to ${LONGEST_TEXT} characters without control characters`;

const matching =
  (pattern: RegExp, words: string): Check =>
  value =>
    typeof value === 'string' && pattern.test(value)
      ? undefined
      : `must be ${words}`;

const oneOf =
  (values: readonly string[]): Check =>
  value =>
    typeof value === 'string' && values.includes(value)
      ? undefined
      : `must be one of ${values.join(', ')}`;

const count =
  (least: number): Check =>
  value =>
    Number.isSafeInteger(value) && (value as number) >= least
      ? undefined
      : `must be an integer of at least ${least}`;

const amount: Check = value =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? undefined
    : 'must be a number of at least 0';

const flag: Check = value =>
  typeof value === 'boolean' ? undefined : 'must be true or false';

const moment: Check = value =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(
    value,
  ) &&
  !Number.isNaN(Date.parse(value))
    ? undefined
    : 'must be an ISO 8601 date';

const optional =
  (check: Check): Check =>
  value =>
    value === undefined ? undefined : check(value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const step = (name: string | number) =>
  typeof name === 'number' ? `[${name}]` : `.${name}`;

const at = (name: string | number, problem: string) =>
  problem.startsWith('.') || problem.startsWith('[')
    ? `${step(name)}${problem}`
    : `${step(name)} ${problem}`;

const record = (shape: Record<string, Check>): Check => {
  const names = new Set(Object.keys(shape));
  const checks = Object.entries(shape);
  return value => {
    if (!isRecord(value)) {
      return 'must be an object';
    }
    for (const name of Object.keys(value)) {
      if (!names.has(name)) {
        return `has an unknown field '${name}'`;
      }
    }
    for (const [name, check] of checks) {
      const problem = check(value[name]);
      if (problem) {
        return at(name, problem);
      }
    }
    return undefined;
  };
};

const listOf =
  (check: Check): Check =>
  value => {
    if (!Array.isArray(value)) {
      return 'must be a list';
    }
    for (let index = 0; index < value.length; index++) {
      const problem = check(value[index]);
      if (problem) {
        return at(index, problem);
      }
    }
    return undefined;
  };

/** A list in strictly ascending order of the id, which also makes ids unique. */
const sortedBy =
  (idOf: (item: unknown) => string, check: Check): Check =>
  value => {
    if (!Array.isArray(value)) {
      return 'must be a list';
    }
    let previous: string | undefined;
    for (let index = 0; index < value.length; index++) {
      const problem = check(value[index]);
      if (problem) {
        return at(index, problem);
      }
      const id = idOf(value[index]);
      if (previous !== undefined && previous >= id) {
        return at(index, `must come in order and once: '${id}'`);
      }
      previous = id;
    }
    return undefined;
  };

const limits: Shape<SnapshotLimits> = {
  requestsPerMinute: optional(count(1)),
  tokensPerMinute: optional(count(1)),
  maxConcurrent: optional(count(1)),
  maxPromptTokens: optional(count(1)),
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

const key: Shape<SnapshotKey> = {
  id: text,
  hash: sha256,
  profile: text,
  purpose: text,
  tier: oneOf(TIERS),
  expiresAt: optional(moment),
  limits: optional(record(limits)),
  team: optional(text),
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
