import { ApiError, type StoredObject } from './objects';

const FACTORS: Record<string, number> = {
  '': 1,
  m: 0.001,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** A quantity such as `500m` or `16Gi` as a number. */
export function quantity(text: unknown): number {
  const [, number, unit] = /^([0-9.]+)([A-Za-z]*)$/.exec(String(text)) ?? [];
  return Number(number) * (FACTORS[unit ?? ''] ?? Number.NaN);
}

interface PodSpec {
  containers?: Array<{ resources?: { requests?: Record<string, unknown> } }>;
}

interface QuotaView {
  spec?: { hard?: Record<string, string> };
}

const isLivePod = (object: StoredObject) =>
  object.kind === 'Pod' &&
  !['Succeeded', 'Failed'].includes(
    (object.status as { phase?: string } | undefined)?.phase ?? '',
  );

/** What one object takes of a resource that a quota names. */
function takes(object: StoredObject, plural: string, resource: string): number {
  const [, counted] = /^count\/([^.]+)(?:\..+)?$/.exec(resource) ?? [];
  if (counted) {
    return counted === plural ? 1 : 0;
  }
  if (resource === 'pods') {
    return isLivePod(object) ? 1 : 0;
  }
  if (!isLivePod(object)) {
    return 0;
  }
  const name = resource.replace(/^requests\./, '');
  return ((object.spec as PodSpec | undefined)?.containers ?? [])
    .map(({ resources }) => resources?.requests?.[name])
    .filter(amount => amount !== undefined)
    .reduce<number>((sum, amount) => sum + quantity(amount), 0);
}

/** Used by what is in a namespace. */
export function usedOf(
  resource: string,
  objects: Array<{ object: StoredObject; plural: string }>,
): number {
  return objects.reduce(
    (sum, { object, plural }) => sum + takes(object, plural, resource),
    0,
  );
}

/**
 * Refuses a new object that goes beyond a quota of its namespace.
 *
 * @throws ApiError 403 in the words of the admission plugin.
 */
export function admitToQuota(
  created: StoredObject,
  plural: string,
  present: Array<{ object: StoredObject; plural: string }>,
): void {
  for (const { object: quota } of present.filter(
    entry => entry.plural === 'resourcequotas',
  )) {
    const over = Object.entries((quota as QuotaView).spec?.hard ?? {})
      .map(([resource, hard]) => ({
        resource,
        hard,
        asked: takes(created, plural, resource),
        used: usedOf(resource, present),
      }))
      .filter(
        ({ hard, asked, used }) => asked > 0 && used + asked > quantity(hard),
      );
    if (over.length > 0) {
      const list = (key: 'asked' | 'used' | 'hard') =>
        over.map(entry => `${entry.resource}=${entry[key]}`).join(',');
      throw new ApiError({
        code: 403,
        reason: 'Forbidden',
        message: `${plural} "${
          created.metadata.name
        }" is forbidden: exceeded quota: ${
          quota.metadata.name
        }, requested: ${list('asked')}, used: ${list('used')}, limited: ${list(
          'hard',
        )}`,
        details: { name: created.metadata.name, kind: plural },
      });
    }
  }
}
