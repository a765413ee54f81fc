import type { Config } from '@backstage/config';

/** Who asks for a passkey. */
export interface RelyingParty {
  /** Domain that passkeys are bound to. */
  id: string;
  name: string;
  /** Origins of the portal. */
  origins: string[];
}

/** `modelGovernance.webauthn`, by default what follows from `app.baseUrl`. */
export function readWebAuthnConfig(config: Config): RelyingParty {
  const webauthn = config.getOptionalConfig('modelGovernance.webauthn');
  const portal = new URL(config.getString('app.baseUrl'));
  return {
    id: webauthn?.getOptionalString('rpId') ?? portal.hostname,
    name: webauthn?.getOptionalString('rpName') ?? 'Model Hub',
    origins: webauthn?.getOptionalStringArray('origins') ?? [portal.origin],
  };
}
