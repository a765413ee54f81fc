import { createHash } from 'node:crypto';

/** Labels and annotations of the hub. */
export const LABELS = {
  managedBy: 'app.kubernetes.io/managed-by',
  id: 'modelhub.dev/id',
  kind: 'modelhub.dev/kind',
  team: 'modelhub.dev/team',
  cluster: 'modelhub.dev/engine',
} as const;

export const ANNOTATIONS = {
  team: 'modelhub.dev/team-ref',
  owner: 'modelhub.dev/owner-ref',
  model: 'modelhub.dev/model-ref',
  version: 'modelhub.dev/model-version',
  digest: 'modelhub.dev/artifact-digest',
  expiresAt: 'modelhub.dev/expires-at',
  /** What the hub asked for, so that any replica can change a part of it. */
  request: 'modelhub.dev/request',
} as const;

export const MANAGER = 'model-hub';
export const SERVICE_ACCOUNT = 'modelhub-models';

const shortHash = (text: string) =>
  createHash('sha256').update(text).digest('hex').slice(0, 8);

/**
 * A DNS label for some text: itself where it is one that fits, else what can be
 * kept of it and eight digits of its hash.
 */
export function dnsLabel(text: string, longest = 63): string {
  if (
    text.length <= longest &&
    /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(text)
  ) {
    return text;
  }
  const kept = text
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest - 9)
    .replace(/^-+|-+$/g, '');
  return kept ? `${kept}-${shortHash(text)}` : `x-${shortHash(text)}`;
}

/** The short name of a team: without kind, and without namespace where it is the default one. */
function teamName(teamRef: string): string {
  const [, namespace, name] =
    /^group:([^/]+)\/(.+)$/.exec(teamRef.toLocaleLowerCase('en-US')) ?? [];
  if (!name) {
    return teamRef;
  }
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

/** The value of the team's label. */
export const teamLabel = (teamRef: string): string =>
  dnsLabel(teamName(teamRef));

/** The namespace of a team; the same for the same team for ever. */
export const teamNamespace = (prefix: string, teamRef: string): string =>
  `${prefix}${dnsLabel(teamName(teamRef), 63 - prefix.length)}`;

/** The Secret with the token of a deployment. */
export const tokenSecretName = (id: string): string => `${id}-token`;
