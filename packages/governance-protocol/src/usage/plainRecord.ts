import { TIERS } from '../snapshot/tiers';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const CURRENCY = /^[A-Z]{3}$/;
const PLAIN = /^[ -~]+$/;

/** Longest text that is not looked at more closely. */
const LONGEST = 512;

const REQUIRED_FIELDS = 15;

const tiers: readonly string[] = TIERS;

const isName = (it: unknown) =>
  typeof it === 'string' && it.length <= LONGEST && PLAIN.test(it);

const isCount = (it: unknown) =>
  Number.isSafeInteger(it) && (it as number) >= 0;

const isAmount = (it: unknown) =>
  typeof it === 'number' && it >= 0 && it < Infinity;

const isMoment = (it: unknown) =>
  typeof it === 'string' && MOMENT.test(it) && !Number.isNaN(Date.parse(it));

const isText = (it: unknown, pattern: RegExp) =>
  typeof it === 'string' && pattern.test(it);

/**
 * Whether a value is a usage record of the most usual form, looked at in one
 * pass. Of any other nothing is said: it may be right too, and the check of
 * its shape tells what is wrong with it.
 */
export function isPlainRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const it = value as Record<string, unknown>;
  let required = 0;
  for (const name in it) {
    if (!Object.hasOwn(it, name)) continue;
    if (!isPlainField(name, it[name])) return false;
    if (isRequired(name)) required += 1;
  }
  return required === REQUIRED_FIELDS;
}

function isRequired(name: string): boolean {
  switch (name) {
    case 'id':
    case 'at':
    case 'route':
    case 'keyId':
    case 'profile':
    case 'purpose':
    case 'tier':
    case 'model':
    case 'status':
    case 'mode':
    case 'streamed':
    case 'attempts':
    case 'latencyMs':
    case 'promptBytes':
    case 'responseBytes':
      return true;
    default:
      return false;
  }
}

function isPlainField(name: string, value: unknown): boolean {
  switch (name) {
    case 'id':
      return isText(value, UUID);
    case 'at':
    case 'until':
      return isMoment(value);
    case 'route':
    case 'keyId':
    case 'profile':
    case 'purpose':
    case 'team':
    case 'model':
    case 'version':
    case 'grantId':
    case 'provider':
    case 'providerModel':
    case 'code':
    case 'trace':
      return isName(value);
    case 'tier':
      return typeof value === 'string' && tiers.includes(value);
    case 'mode':
      return value === 'enforce' || value === 'warn' || value === 'observe';
    case 'streamed':
    case 'cacheHit':
    case 'tokensEstimated':
    case 'declined':
      return typeof value === 'boolean';
    case 'status':
      return isCount(value) && (value as number) >= 100;
    case 'attempts':
    case 'inputTokens':
    case 'outputTokens':
    case 'cachedInputTokens':
    case 'costMicros':
    case 'promptBytes':
    case 'responseBytes':
      return isCount(value);
    case 'latencyMs':
    case 'firstByteMs':
      return isAmount(value);
    case 'currency':
      return isText(value, CURRENCY);
    default:
      return false;
  }
}
