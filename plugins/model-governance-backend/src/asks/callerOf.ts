import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { AskInput } from '@modelhub/backstage-plugin-models-common';
import type { AskDeps } from './deps';
import type { AskRecord } from './records';

/** Of callers with a token; no key has such an id. */
const TOKEN_ID = /^oidc:/;

/**
 * Whose call it is: that of a key, or of somebody whom a token names. Without
 * knowing who calls, nobody could be kept from deciding about their own calls.
 *
 * @throws InputError for a key that opens nothing, and for somebody whom the
 * catalog does not know
 */
export async function callerOf(
  { keyId, caller }: AskInput,
  { directory, organisation }: Pick<AskDeps, 'directory' | 'organisation'>,
): Promise<
  Pick<AskRecord, 'keyName' | 'keyOwner' | 'profile'> & { issuer?: string }
> {
  if (!caller) {
    const key = await directory.key(keyId);
    if (!key || key.revokedAt) {
      throw new InputError(`There is no key ${keyId}, or it was revoked.`);
    }
    return { keyName: key.name, keyOwner: key.owner, profile: key.profile };
  }
  const { issuer, profile } = caller;
  const owner = refOf(caller.entityRef);
  if (!TOKEN_ID.test(keyId)) {
    throw new InputError(
      `${keyId} is a key of the portal, which knows itself whose it is. Leave caller out.`,
    );
  }
  if (!(await directory.profile(profile))) {
    throw new InputError(`There is no access profile ${profile}.`);
  }
  if (!(await organisation.exists(owner))) {
    throw new InputError(
      `The catalog has no ${owner}, so nobody can be kept from deciding about their own calls. Correct oidc[].principal of the gateway, or add the entity.`,
    );
  }
  return {
    keyName: `Token of ${new URL(issuer).host}`.slice(0, 100),
    keyOwner: owner,
    issuer,
    profile,
  };
}

/** As the catalog writes it. */
function refOf(text: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    throw new InputError(
      `caller.entityRef '${text}' is no entity ref, such as user:default/dana.`,
    );
  }
}
