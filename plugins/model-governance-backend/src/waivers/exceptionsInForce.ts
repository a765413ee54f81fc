import { sha256Hex } from '@modelhub/governance-protocol';
import type {
  SignOffRole,
  Tier,
} from '@modelhub/backstage-plugin-models-common';
import {
  parsePolicyFile,
  type PolicyFile,
  type PolicyScope,
  type PolicySource,
} from '@modelhub/policies';

const DAY_MS = 24 * 3600_000;

/** A policy file that asks for less than the organisation does, for a while. */
export interface NamedException {
  /** Names it through changes of its file's place. */
  key: string;
  name: string;
  reason: string;
  by: string;
  until: string;
  endsAt: Date;
  tier: Tier;
  scope: string;
  file: string;
  loosens: string[];
}

/** The exceptions in policy files, those that end soonest first. */
export function exceptionsIn(sources: PolicySource[]): NamedException[] {
  return sources
    .flatMap(({ file, text }) => {
      const policy = parsePolicyFile(file, text);
      const { exception } = policy;
      if (!exception) return [];
      const { name, reason, by, until } = exception;
      return [
        {
          key: sha256Hex(
            JSON.stringify([policy.tier, policy.scope, name, by, until]),
          ),
          name,
          reason,
          by,
          until,
          endsAt: new Date(Date.parse(`${until}T00:00:00Z`) + DAY_MS),
          tier: policy.tier,
          scope: scopeWords(policy.scope),
          file,
          loosens: loosensWords(policy),
        },
      ];
    })
    .sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime());
}

function scopeWords(scope: PolicyScope): string {
  if ('system' in scope) return `Models of ${scope.system}`;
  if ('owner' in scope) return `Models of ${scope.owner}`;
  if ('group' in scope) return `Requests by members of ${scope.group}`;
  return 'Everything';
}

const roleWords: Record<SignOffRole, string> = {
  lead: 'the team lead',
  security: 'security',
  legal: 'legal',
  risk: 'risk',
};

function loosensWords(policy: PolicyFile): string[] {
  const lifts = policy.exception?.lifts;
  const days = policy.expiresAfterDays;
  return [
    ...(lifts?.signOffs ?? []).map(
      role => `Nobody has to sign as ${roleWords[role]}`,
    ),
    ...(lifts?.refusals ?? []).map(code => `“${code}” refuses nothing`),
    ...Object.entries(policy.gates ?? {}).map(([id, { required }]) =>
      required === false
        ? `The check “${id}” is advice only`
        : `The check “${id}” asks for something else`,
    ),
    ...Object.keys(policy.signOffs ?? {}).map(
      role => `Who signs as ${roleWords[role as SignOffRole]} is different`,
    ),
    ...(days === undefined ? [] : [`An approval lasts ${days} days`]),
    ...(policy.breakGlass ? ['Emergencies have other rules'] : []),
  ];
}
