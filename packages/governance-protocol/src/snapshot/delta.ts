import type {
  SnapshotContent,
  SnapshotDelta,
  SnapshotGrant,
  SnapshotKey,
  SnapshotModel,
  SnapshotProfile,
  SnapshotPurpose,
  SnapshotTier,
} from './types';

type Item =
  | SnapshotProfile
  | SnapshotKey
  | SnapshotModel
  | SnapshotGrant
  | SnapshotPurpose
  | SnapshotTier;

/**
 * Content of a control plane that has approved nothing.
 *
 * @public
 */
export const EMPTY_CONTENT: SnapshotContent = Object.freeze({
  profiles: [],
  keys: [],
  models: [],
  grants: [],
  purposes: [],
  tiers: [],
});

/**
 * The same content with every list in the order that the format asks for:
 * ascending by id (`gatewayId` for models), compared by UTF-16 code units.
 *
 * @throws TypeError when an id occurs twice in a list
 *
 * @public
 */
export function sortContent(content: SnapshotContent): SnapshotContent {
  return {
    profiles: sorted(content.profiles),
    keys: sorted(content.keys),
    models: sorted(content.models),
    grants: sorted(content.grants),
    purposes: sorted(content.purposes),
    tiers: sorted(content.tiers),
  };
}

/**
 * What turns one content into another; `applyDelta(a, diffContent(a, b))`
 * equals `b`. Both must be sorted, see {@link sortContent}.
 *
 * @public
 */
export function diffContent(
  from: SnapshotContent,
  to: SnapshotContent,
): SnapshotDelta {
  const delta: SnapshotDelta = { put: {}, remove: {} };
  const compare = <K extends keyof SnapshotContent>(name: K) => {
    const { put, remove } = diffList<Item>(from[name], to[name]);
    if (put.length > 0) {
      delta.put[name] = put as SnapshotContent[K];
    }
    if (remove.length > 0) {
      delta.remove[name] = remove;
    }
  };
  compare('profiles');
  compare('keys');
  compare('models');
  compare('grants');
  compare('purposes');
  compare('tiers');
  return delta;
}

/**
 * Whether a delta changes nothing.
 *
 * @public
 */
export function isEmptyDelta(delta: SnapshotDelta): boolean {
  return [...Object.values(delta.put), ...Object.values(delta.remove)].every(
    list => list.length === 0,
  );
}

/**
 * Content with the changes of a delta: first removals, then puts. Lists that
 * the delta does not touch stay the same array.
 *
 * @public
 */
export function applyDelta(
  content: SnapshotContent,
  delta: SnapshotDelta,
): SnapshotContent {
  const { put, remove } = delta;
  return {
    profiles: changeList(content.profiles, put.profiles, remove.profiles),
    keys: changeList(content.keys, put.keys, remove.keys),
    models: changeList(content.models, put.models, remove.models),
    grants: changeList(content.grants, put.grants, remove.grants),
    purposes: changeList(content.purposes, put.purposes, remove.purposes),
    tiers: changeList(content.tiers, put.tiers, remove.tiers),
  };
}

const idOf = (item: Item) =>
  'gatewayId' in item && !('id' in item)
    ? item.gatewayId
    : (item as { id: string }).id;

function compareIds(a: Item, b: Item) {
  const left = idOf(a);
  const right = idOf(b);
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

function sorted<T extends Item>(list: T[]): T[] {
  const copy = [...list].sort(compareIds);
  const twice = copy.find(
    (item, index) => index > 0 && idOf(item) === idOf(copy[index - 1]),
  );
  if (twice) {
    throw new TypeError(`Id '${idOf(twice)}' occurs twice in a snapshot`);
  }
  return copy;
}

function changeList<T extends Item>(
  list: T[],
  put: T[] = [],
  remove: string[] = [],
): T[] {
  if (put.length === 0 && remove.length === 0) {
    return list;
  }
  const gone = new Set([...remove, ...put.map(idOf)]);
  // Two sorted runs, which the sort merges in linear time.
  return list
    .filter(item => !gone.has(idOf(item)))
    .concat(put)
    .sort(compareIds);
}

function diffList<T extends Item>(from: T[], to: T[]) {
  if (from === to) {
    return { put: [], remove: [] };
  }
  const before = new Map(from.map(item => [idOf(item), item]));
  const put = to.filter(item => {
    const old = before.get(idOf(item));
    before.delete(idOf(item));
    return !old || !sameJson(old, item);
  });
  return { put, remove: [...before.keys()] };
}

/** Equal as JSON: an absent field and an undefined one are the same. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) {
    return false;
  }
  if (Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return (
    Object.keys(left).every(name => sameJson(left[name], right[name])) &&
    Object.keys(right).every(
      name => right[name] === undefined || left[name] !== undefined,
    )
  );
}
