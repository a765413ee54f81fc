import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type { CallContext, RouteName } from '../pipeline';

type Fields = Record<string, unknown>;

/** Routes whose answer is the same for the same question, whatever the settings. */
const ALWAYS: ReadonlySet<RouteName> = new Set([
  'embeddings',
  'moderations',
  'rerank',
]);
/** Routes whose answer is the same where the caller asks for it. */
const WHERE_COLD: ReadonlySet<RouteName> = new Set([
  'chat',
  'completions',
  'messages',
  'responses',
]);
/** State at the provider, tools that it runs, or more than one answer. */
const NEVER_WITH = [
  'background',
  'conversation',
  'container',
  'mcp_servers',
  'modalities',
  'previous_response_id',
  'prompt_cache_retention',
  'web_search_options',
];
/** Tools that the caller runs itself. */
const OWN = new Set<unknown>(['function', 'custom']);
/** Who asks changes no answer. */
const LEFT_OUT = new Set(['metadata', 'safety_identifier', 'user']);

/**
 * What an answer is kept under: equal for calls that get the same answer in the
 * same profile from the same approved version. Absent for calls whose answer
 * may differ: only vectors, rankings and moderations, and generation with
 * `temperature: 0` and without state or tools of the provider.
 */
export function cacheKey(context: CallContext): string | undefined {
  const { body, route, caller, admission } = context;
  const { grant } = admission;
  if (!body || !grant || !caller.profile || !isRepeatable(route, body)) {
    return undefined;
  }
  const asked = Object.fromEntries(
    Object.entries(body).filter(([name]) => !LEFT_OUT.has(name)),
  );
  try {
    return sha256Hex(
      canonicalJson([
        route,
        // Nothing of one profile is seen by another, nor under another approval.
        caller.profile.id,
        caller.key.purpose,
        caller.key.tier,
        admission.gatewayId,
        grant.id,
        grant.version,
        grant.digest ?? grant.providerModelId ?? '',
        asked,
      ]),
    );
  } catch {
    // A text that is no Unicode has no canonical form.
    return undefined;
  }
}

function isRepeatable(route: RouteName, body: Fields): boolean {
  if (ALWAYS.has(route)) {
    return true;
  }
  return (
    WHERE_COLD.has(route) &&
    body.temperature === 0 &&
    (body.n === undefined || body.n === 1) &&
    (body.store === undefined || body.store === false || route === 'chat') &&
    !NEVER_WITH.some(name => body[name] !== undefined && body[name] !== null) &&
    !(typeof body.prompt === 'object' && !Array.isArray(body.prompt)) &&
    !hasBuiltInTools(body.tools)
  );
}

function hasBuiltInTools(tools: unknown): boolean {
  return (
    Array.isArray(tools) &&
    tools.some(({ type }: Fields) => type !== undefined && !OWN.has(type))
  );
}
