import { AllowlistIndex, SnapshotKey } from '@modelhub/governance-protocol';
import { OidcIdentities, OidcIssuerInFile, toOidcIssuers } from '../identity';
import { ISSUER_TIMING } from '../identity/IssuerKeys';
import { someContent } from './TestControlPlane';
import { TestIssuer } from './TestIssuer';

const index = AllowlistIndex.create(someContent());

/** What groups of {@link TestIssuer} may call as. */
export const RULES = [
  {
    group: 'developers',
    profile: 'strict',
    purpose: 'summarise',
    tier: 'internal' as const,
  },
  {
    group: 'support',
    profile: 'watched',
    purpose: 'answers',
    tier: 'sandbox' as const,
    team: 'group:default/support',
  },
  {
    group: 'ghosts',
    profile: 'nowhere',
    purpose: 'summarise',
    tier: 'internal' as const,
  },
];

export const inSeconds = (seconds: number) =>
  Math.floor(Date.now() / 1000) + seconds;

/** A real issuer, and gateways' eyes on it. */
export class OidcRig {
  readonly warnings: string[] = [];
  /** Added to the clock of the gateway, in milliseconds. */
  ahead = 0;
  readonly issuer: TestIssuer;

  private constructor(issuer: TestIssuer) {
    this.issuer = issuer;
  }

  static async create(): Promise<OidcRig> {
    return new OidcRig(await TestIssuer.create());
  }

  identities(
    fields: Partial<OidcIssuerInFile> = {},
    timing: Partial<typeof ISSUER_TIMING> = {},
  ): OidcIdentities {
    const log = (_: string, said?: object) => {
      this.warnings.push(JSON.stringify(said));
    };
    return OidcIdentities.create({
      issuers: toOidcIssuers([
        {
          issuer: this.issuer.url,
          audience: 'model-gateway',
          rules: RULES,
          ...fields,
        },
      ]),
      logger: { info: log, warn: log, error: log },
      now: () => new Date(Date.now() + this.ahead),
      timing: { ...ISSUER_TIMING, ...timing },
    })!;
  }
}

/** As it comes: at once, or later. */
export const recognise = (
  by: OidcIdentities,
  token: string,
  wish = {},
): SnapshotKey | Promise<SnapshotKey> => by.recognise(token, wish, index);

/** As a caller hears it. */
export const call = async (
  by: OidcIdentities,
  token: string,
  wish = {},
): Promise<SnapshotKey> => recognise(by, token, wish);
