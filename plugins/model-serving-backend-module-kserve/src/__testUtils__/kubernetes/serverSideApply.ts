import type { ManagedFieldsEntry } from '../../kubernetes/KubernetesApi';
import {
  leaves,
  pathText,
  removeAt,
  valueAt,
  writeAt,
  type FieldPath,
} from './fields';
import { schemaOf } from './kinds';
import { ApiError, sameJson, type StoredObject } from './objects';

const id = (path: FieldPath) => JSON.stringify(path);
const pathOf = (text: string) => JSON.parse(text) as FieldPath;

/** Paths as `fieldsV1` nests them. */
function nested(paths: Iterable<string>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const path of paths) {
    let part = root;
    for (const step of pathOf(path)) {
      part[step] ??= {};
      part = part[step] as Record<string, unknown>;
    }
    if (pathOf(path).at(-1)?.startsWith('k:')) {
      part['.'] = {};
    }
  }
  return root;
}

function* flat(
  fields: Record<string, unknown>,
  path: FieldPath = [],
): Generator<string> {
  const steps = Object.keys(fields).filter(step => step !== '.');
  if ((steps.length === 0 && path.length > 0) || fields['.']) {
    yield id(path);
  }
  for (const step of steps) {
    yield* flat(fields[step] as Record<string, unknown>, [...path, step]);
  }
}

const pathsOf = (entry: ManagedFieldsEntry | undefined) =>
  new Set(flat(entry?.fieldsV1 ?? {}));

const leafSet = (object: StoredObject) => {
  const { schema, set } = schemaOf(object.kind);
  return new Set([...leaves(schema, object, set)].map(id));
};

function writeEntry(
  object: StoredObject,
  manager: string,
  operation: 'Apply' | 'Update',
  paths: Set<string>,
) {
  const entries = object.metadata.managedFields ?? [];
  const isOwn = (entry: ManagedFieldsEntry) =>
    entry.manager === manager && entry.operation === operation;
  const before = pathsOf(entries.find(isOwn));
  if (before.size === paths.size && [...paths].every(p => before.has(p))) {
    return;
  }
  const others = entries.filter(entry => !isOwn(entry));
  object.metadata.managedFields = [
    ...others.filter(entry => pathsOf(entry).size > 0),
    ...(paths.size > 0
      ? [
          {
            manager,
            operation,
            apiVersion: object.apiVersion,
            time: new Date().toISOString(),
            fieldsType: 'FieldsV1',
            fieldsV1: nested(paths),
          },
        ]
      : []),
  ];
}

function takeFrom(
  object: StoredObject,
  paths: Set<string>,
  isSpared: (entry: ManagedFieldsEntry) => boolean,
) {
  for (const entry of object.metadata.managedFields ?? []) {
    if (!isSpared(entry)) {
      const kept = [...pathsOf(entry)].filter(path => !paths.has(path));
      entry.fieldsV1 = nested(kept);
    }
  }
}

function conflictError(
  object: StoredObject,
  conflicts: Array<{ manager: string; operation: string; path: string }>,
): ApiError {
  const causes = conflicts.map(({ manager, operation, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with "${manager}"${
      operation === 'Update' ? ` using ${object.apiVersion}` : ''
    }`,
    field: pathText(pathOf(path)),
  }));
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message: `Apply failed with ${conflicts.length} conflict${
      conflicts.length === 1 ? '' : 's'
    }: ${causes
      .map(({ message, field }) => `${message}: ${field}`)
      .join(', ')}`,
    details: { causes },
  });
}

/**
 * Server-side apply with ownership by leaf: a fair subset of what the API
 * server does (no versions other than the stored one, no subresources).
 *
 * @throws ApiError 409 for fields that another manager owns with another value.
 */
export function applyObject(
  live: StoredObject | undefined,
  applied: StoredObject,
  manager: string,
  force: boolean,
): StoredObject {
  const wanted = leafSet(applied);
  const result: StoredObject = structuredClone(
    live ?? {
      apiVersion: applied.apiVersion,
      kind: applied.kind,
      metadata: {
        name: applied.metadata.name,
        ...(applied.metadata.namespace && {
          namespace: applied.metadata.namespace,
        }),
      },
    },
  );
  const isOwn = (entry: ManagedFieldsEntry) =>
    entry.manager === manager && entry.operation === 'Apply';
  const entries = result.metadata.managedFields ?? [];
  const conflicts = entries
    .filter(entry => !isOwn(entry))
    .flatMap(entry =>
      [...pathsOf(entry)]
        .filter(
          path =>
            wanted.has(path) &&
            !pathOf(path).at(-1)!.startsWith('k:') &&
            !sameJson(
              valueAt(result, pathOf(path)),
              valueAt(applied, pathOf(path)),
            ),
        )
        .map(path => ({
          manager: entry.manager ?? '',
          operation: entry.operation ?? '',
          path,
        })),
    );
  if (conflicts.length > 0 && !force) {
    throw conflictError(result, conflicts);
  }
  takeFrom(result, new Set(conflicts.map(({ path }) => path)), isOwn);

  const before = pathsOf(entries.find(isOwn));
  const ofOthers = new Set(
    (result.metadata.managedFields ?? [])
      .filter(entry => !isOwn(entry))
      .flatMap(entry => [...pathsOf(entry)]),
  );
  const isInside = (path: string) =>
    [...ofOthers].some(other => other.startsWith(path.slice(0, -1)));
  const given = [...before].filter(
    path => !wanted.has(path) && !isInside(path),
  );
  // Entries of lists go before what is in them, by which they are found; they stay when somebody else has something there.
  given
    .sort((a, b) => pathOf(a).length - pathOf(b).length)
    .forEach(path => removeAt(result, pathOf(path)));
  for (const path of wanted) {
    writeAt(
      result as unknown as Record<string, unknown>,
      pathOf(path),
      valueAt(applied, pathOf(path)),
    );
  }
  writeEntry(result, manager, 'Apply', wanted);
  return result;
}

/** Gives what a write has changed to its manager, as `Update`. */
export function ownChanges(
  before: StoredObject | undefined,
  after: StoredObject,
  manager: string,
): void {
  const changed = new Set(
    [...leafSet(after)].filter(
      path =>
        !sameJson(
          before && valueAt(before, pathOf(path)),
          valueAt(after, pathOf(path)),
        ),
    ),
  );
  if (changed.size === 0) {
    return;
  }
  takeFrom(
    after,
    changed,
    entry => entry.manager === manager && entry.operation === 'Update',
  );
  const own = pathsOf(
    after.metadata.managedFields?.find(
      entry => entry.manager === manager && entry.operation === 'Update',
    ),
  );
  writeEntry(after, manager, 'Update', new Set([...own, ...changed]));
}
