import type { IncomingMessage } from 'node:http';
import { RESOURCES } from './kinds';
import { ApiError, type StoredObject } from './objects';

/** JSON that a request brings. */
export async function bodyOf(request: IncomingMessage): Promise<StoredObject> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  const text = Buffer.concat(parts).toString('utf8');
  try {
    return (text ? JSON.parse(text) : {}) as StoredObject;
  } catch {
    throw new ApiError({
      code: 400,
      reason: 'BadRequest',
      message: 'the body of the request is not JSON',
    });
  }
}

/** RFC 7396. */
export function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const result: Record<string, unknown> =
    typeof target === 'object' && target !== null && !Array.isArray(target)
      ? { ...target }
      : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = merged(result[key], value);
    }
  }
  return result;
}

/** What the server says of what it knows; undefined for other paths. */
export function discover(path: string): object | undefined {
  if (path === '/api') {
    return { kind: 'APIVersions', versions: ['v1'] };
  }
  if (path === '/apis') {
    const groups = [
      ...new Set(
        RESOURCES.map(({ apiVersion }) => apiVersion).filter(version =>
          version.includes('/'),
        ),
      ),
    ];
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: groups.map(groupVersion => ({
        name: groupVersion.split('/')[0],
        versions: [{ groupVersion, version: groupVersion.split('/')[1] }],
      })),
    };
  }
  const [, version] = /^\/apis?\/(v1|[^/]+\/[^/]+)$/.exec(path) ?? [];
  const resources = RESOURCES.filter(
    ({ apiVersion }) => apiVersion === version,
  );
  return resources.length > 0
    ? {
        kind: 'APIResourceList',
        apiVersion: 'v1',
        groupVersion: version,
        resources: resources.map(({ plural, kind, namespaced }) => ({
          name: plural,
          kind,
          namespaced,
          verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
        })),
      }
    : undefined;
}
