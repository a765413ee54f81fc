import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  PURPOSE_USES,
  type AccessProfile,
  type Purpose,
} from '@modelhub/backstage-plugin-models-common';

const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const enforcements: AccessProfile['enforcement'][] = [
  'observe',
  'warn',
  'enforce',
];
const dataClasses: Purpose['dataClasses'] = [
  'public',
  'internal',
  'confidential',
  'personal',
  'special-category',
];

function idOf(config: Config, where: string): string {
  const id = config.getString('id');
  if (!ID.test(id)) {
    throw new InputError(
      `${where}: id '${id}' has to be lower-case letters, digits and dashes, at most 63.`,
    );
  }
  return id;
}

function oneOf<T extends string>(
  allowed: T[],
  value: string,
  where: string,
): T {
  const found = allowed.find(item => item === value);
  if (found === undefined) {
    throw new InputError(
      `${where}: '${value}' is none of ${allowed.join(', ')}.`,
    );
  }
  return found;
}

function retention(config: Config, where: string) {
  const days = config.getOptionalNumber('maxRetentionDays');
  if (days === undefined) return {};
  if (!Number.isInteger(days) || days < 0) {
    throw new InputError(
      `${where}: maxRetentionDays ${days} is not a number of whole days.`,
    );
  }
  return { maxRetentionDays: days };
}

function usesOf(config: Config, where: string): Pick<Purpose, 'uses'> {
  const uses = config.getOptionalStringArray('uses');
  return uses
    ? { uses: uses.map(use => oneOf([...PURPOSE_USES], use, where)) }
    : {};
}

/** The profiles and purposes that the configuration declares. */
export function readScopes(config: Config): {
  profiles: AccessProfile[];
  purposes: Purpose[];
} {
  const list = (key: string) => config.getOptionalConfigArray(key) ?? [];
  return {
    profiles: list('modelGovernance.profiles').map(item => {
      const where = 'modelGovernance.profiles';
      const id = idOf(item, where);
      return {
        id,
        title: item.getOptionalString('title') ?? id,
        description: item.getOptionalString('description'),
        owner: item.getOptionalString('owner'),
        members: item.getStringArray('members'),
        enforcement: oneOf(
          enforcements,
          item.getOptionalString('enforcement') ?? 'enforce',
          where,
        ),
      };
    }),
    purposes: list('modelGovernance.purposes').map(item => {
      const where = 'modelGovernance.purposes';
      const id = idOf(item, where);
      return {
        id,
        title: item.getOptionalString('title') ?? id,
        description: item.getOptionalString('description'),
        dataClasses: item
          .getStringArray('dataClasses')
          .map(value => oneOf(dataClasses, value, where)),
        regions: item.getOptionalStringArray('regions') ?? [],
        ...retention(item, where),
        ...usesOf(item, where),
      };
    }),
  };
}
