import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  KubernetesApi,
  KubernetesObject,
} from '../kubernetes/KubernetesApi';
import { KubernetesError } from '../kubernetes/KubernetesError';
import { ANNOTATIONS, LABELS, MANAGER } from '../manifests/names';
import type { Manifest } from '../manifests/teamObjects';
import { quotaMessage } from '../status/events';

/** Where objects are applied, with words for it. */
export interface ApplyTo {
  api: KubernetesApi;
  title: string;
  logger: LoggerService;
}

const isOurs = (object: KubernetesObject): boolean =>
  object.metadata?.labels?.[LABELS.managedBy] === MANAGER;

const nameOf = ({ resource, object }: Manifest) =>
  `${resource.kind} ${
    object.metadata?.namespace ? `${object.metadata.namespace}/` : ''
  }${object.metadata?.name}`;

/** A refusal of Kubernetes in this product's words. */
export function inWords(
  error: KubernetesError,
  what: string,
  title: string,
): Error {
  const quota = quotaMessage(error.message);
  if (quota) {
    return new ConflictError(quota);
  }
  switch (error.status) {
    case 401:
    case 403:
      return new ServiceUnavailableError(
        `${title} does not let the hub write or read ${what}: ${error.message}. Apply the roles of docs/serving/kserve.md there`,
      );
    case 404:
      return new ServiceUnavailableError(
        `${title} does not know ${what}: ${error.message}. Check that KServe is installed there`,
      );
    case 400:
    case 422:
      return new InputError(`${title} refuses ${what}: ${error.message}`);
    case 409:
      return new ConflictError(
        `${what} on ${title} was changed by somebody else at the same moment; try again`,
      );
    default:
      return error;
  }
}

/**
 * Applies an object of the hub. What is not the hub's is left alone, whoever
 * made it; on its own objects the hub takes back what others have changed.
 *
 * @throws ConflictError that names the other manager, or the quota.
 */
export async function applyOurs(
  { api, title, logger }: ApplyTo,
  manifest: Manifest,
): Promise<KubernetesObject> {
  const { resource, object } = manifest;
  const { name = '', namespace } = object.metadata ?? {};
  const what = nameOf(manifest);
  try {
    const live = await api.get(resource, name, namespace);
    if (live) {
      requireOurs(live, object, what, title);
    }
    try {
      return await api.apply(resource, object);
    } catch (error) {
      const managers =
        error instanceof KubernetesError ? error.conflictingManagers : [];
      if (managers.length === 0) {
        throw error;
      }
      const now = await api.get(resource, name, namespace);
      if (now && !isOurs(now)) {
        throw foreign(now, what, title, managers);
      }
      logger.warn(
        `${what} on ${title} was changed by ${managers.join(
          ', ',
        )}; the hub takes back what it had set`,
      );
      return await api.apply(resource, object, { force: true });
    }
  } catch (error) {
    throw error instanceof KubernetesError && !error.isStale
      ? inWords(error, what, title)
      : error;
  }
}

function requireOurs(
  live: KubernetesObject,
  object: KubernetesObject,
  what: string,
  title: string,
) {
  if (!isOurs(live)) {
    throw foreign(live, what, title);
  }
  const theirs = live.metadata?.annotations?.[ANNOTATIONS.team];
  const wanted = object.metadata?.annotations?.[ANNOTATIONS.team];
  if (theirs && wanted && theirs !== wanted) {
    throw new ConflictError(
      `${what} on ${title} belongs to ${theirs} and not to ${wanted}; give one of the two groups another name, or use another namespacePrefix`,
    );
  }
}

function foreign(
  live: KubernetesObject,
  what: string,
  title: string,
  told: string[] = [],
): ConflictError {
  const managers =
    told.length > 0
      ? told
      : [
          ...new Set(
            (live.metadata?.managedFields ?? [])
              .map(({ manager }) => manager)
              .filter(manager => manager !== undefined),
          ),
        ];
  return new ConflictError(
    `${what} on ${title} is not the hub's${
      managers.length > 0 ? ` but managed by "${managers.join('", "')}"` : ''
    }; remove it, or hand it over with the label ${
      LABELS.managedBy
    }=${MANAGER}`,
  );
}
