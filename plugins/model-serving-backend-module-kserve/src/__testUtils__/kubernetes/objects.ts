import type { KubernetesObject } from '../../kubernetes/KubernetesApi';

/** An object that has what every stored object has. */
export type StoredObject = KubernetesObject & {
  apiVersion: string;
  kind: string;
  metadata: NonNullable<KubernetesObject['metadata']> & { name: string };
};

/** The body of a refusal. */
export interface StatusBody {
  message: string;
  reason: string;
  code: number;
  details?: object;
}

/** A refusal of the API server. */
export class ApiError extends Error {
  readonly body: StatusBody;
  readonly headers: Record<string, string>;

  constructor(body: StatusBody, headers: Record<string, string> = {}) {
    super(body.message);
    this.body = body;
    this.headers = headers;
  }

  static notFound(plural: string, name: string): ApiError {
    return new ApiError({
      code: 404,
      reason: 'NotFound',
      message: `${plural} "${name}" not found`,
      details: { name, kind: plural },
    });
  }

  static expired(message: string): ApiError {
    return new ApiError({ code: 410, reason: 'Expired', message });
  }
}

/** As the API server sends it. */
export const statusObject = (body: StatusBody) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  ...body,
});

/** Whether labels match a selector: `a=b`, `a!=b`, `a`, `!a`, `a in (b,c)`, with commas between. */
export function matchesLabels(
  labels: Record<string, string> = {},
  selector?: string | null,
): boolean {
  const terms = selector?.match(/(?:[^,(]|\([^)]*\))+/g) ?? [];
  return terms
    .map(term => term.trim())
    .every(term => {
      const [, key, not, list] =
        /^(\S+) (not)?in \(([^)]*)\)$/.exec(term.replace('notin', 'notin')) ??
        [];
      if (key) {
        const isIn = list
          .split(',')
          .map(value => value.trim())
          .includes(labels[key]);
        return not ? !isIn : isIn;
      }
      if (term.includes('!=')) {
        const [name, value] = term.split('!=');
        return labels[name] !== value;
      }
      if (term.includes('=')) {
        const [name, value] = term.split(/==?/);
        return labels[name] === value;
      }
      return term.startsWith('!')
        ? labels[term.slice(1)] === undefined
        : labels[term] !== undefined;
    });
}

/** Whether an object matches a field selector such as `status.phase!=Failed`. */
export function matchesFields(
  object: KubernetesObject,
  selector?: string | null,
): boolean {
  return (selector ? selector.split(',') : []).every(term => {
    const [, path, operator, value] = /^([^!=]+)(!?==?)(.*)$/.exec(term) ?? [];
    const actual = (path ?? '')
      .split('.')
      .reduce<unknown>(
        (part, key) => (part as Record<string, unknown> | undefined)?.[key],
        object,
      );
    return operator?.startsWith('!')
      ? String(actual ?? '') !== value
      : String(actual ?? '') === value;
  });
}

/** Whether two values are the same JSON, in whatever order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) {
    return a === b;
  }
  const [left, right] = [Object.entries(a), Object.entries(b)].map(entries =>
    entries.filter(([, value]) => value !== undefined),
  );
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.length &&
    left.every(([key, value]) =>
      sameJson(value, (b as Record<string, unknown>)[key]),
    )
  );
}
