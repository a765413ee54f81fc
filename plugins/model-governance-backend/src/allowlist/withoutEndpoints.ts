import type { SnapshotContent } from '@modelhub/governance-protocol';

const known = new WeakMap<SnapshotContent, SnapshotContent>();

/**
 * What gateways get that do not know keys of evaluation endpoints: such a key
 * is none to them. They would refuse the whole allowlist for the field that
 * they do not know, and may not be given the key without it. The very content
 * where there are none.
 */
export function withoutEndpoints(content: SnapshotContent): SnapshotContent {
  let rest = known.get(content);
  if (!rest) {
    const keys = content.keys.filter(({ endpoint }) => !endpoint);
    rest = keys.length === content.keys.length ? content : { ...content, keys };
    known.set(content, rest);
  }
  return rest;
}
