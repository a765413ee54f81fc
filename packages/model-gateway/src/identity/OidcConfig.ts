import type { Tier } from '@modelhub/governance-protocol';

/**
 * What members of a group may call as.
 *
 * @public
 */
export interface OidcRule {
  /** As the token names it, exactly. */
  group: string;
  /** Id of an access profile. */
  profile: string;
  purpose: string;
  tier: Tier;
  /** Entity ref of the group or component whose budgets the calls count for. */
  team?: string;
}

/**
 * Which entity of the catalog a token stands for.
 *
 * @public
 */
export interface OidcPrincipal {
  /** Claim that holds the entity's name, or its whole ref. */
  claim: string;
  /** Of the entity, where the claim holds a name; `user` without. */
  kind?: string;
  /** Of the entity, where the claim holds a name; `default` without. */
  namespace?: string;
}

/**
 * An identity provider of the organisation, whose tokens callers may send in
 * place of a key.
 *
 * @public
 */
export interface OidcIssuerConfig {
  /** As in the `iss` of its tokens, exactly. */
  issuer: string;
  /** What a token's `aud` must name. */
  audience: string;
  /** Where its keys are; without, its discovery document says. */
  jwksUri?: string;
  /** Claim that lists the groups; dots lead into objects, as in `realm_access.roles`. */
  groupsClaim: string;
  /** The first that matches decides. */
  rules: OidcRule[];
  /** How the catalog knows who a token stands for; nobody is asked about calls without. */
  principal?: OidcPrincipal;
  /** Clients (`azp`, or `client_id`) whose tokens are taken; any without. */
  authorizedParties?: string[];
  clockToleranceSeconds: number;
  /** How old keys may get while the issuer cannot be reached. */
  maxKeyAgeSeconds: number;
}

/** As in the configuration file. */
export type OidcIssuerInFile = Omit<
  OidcIssuerConfig,
  'groupsClaim' | 'clockToleranceSeconds' | 'maxKeyAgeSeconds'
> &
  Partial<OidcIssuerConfig>;

const text = { type: 'string', minLength: 1 } as const;
const url = { type: 'string', pattern: '^https?://' } as const;
const seconds = { type: 'integer', minimum: 0, nullable: true } as const;

/** JSON Schema of `oidc` in the configuration file. */
export const OIDC_SCHEMA = {
  type: 'array',
  nullable: true,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['issuer', 'audience', 'rules'],
    properties: {
      issuer: url,
      audience: text,
      jwksUri: { ...url, nullable: true },
      groupsClaim: { ...text, nullable: true },
      rules: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['group', 'profile', 'purpose', 'tier'],
          properties: {
            group: text,
            profile: text,
            purpose: text,
            tier: {
              enum: ['sandbox', 'internal', 'customer-facing', 'regulated'],
            },
            team: { ...text, nullable: true },
          },
        },
      },
      principal: {
        type: 'object',
        nullable: true,
        additionalProperties: false,
        required: ['claim'],
        properties: {
          claim: text,
          kind: { ...text, nullable: true },
          namespace: { ...text, nullable: true },
        },
      },
      authorizedParties: {
        type: 'array',
        nullable: true,
        minItems: 1,
        items: text,
      },
      clockToleranceSeconds: { ...seconds, maximum: 300 },
      maxKeyAgeSeconds: seconds,
    },
  },
} as const;

/**
 * Fills in what the file does not say.
 *
 * @throws Error when keys would come over a line that others can write on
 */
export function toOidcIssuers(
  inFile: OidcIssuerInFile[] | undefined,
): OidcIssuerConfig[] {
  return (inFile ?? []).map((issuer, index) => {
    for (const [field, value] of [
      ['issuer', issuer.issuer],
      ['jwksUri', issuer.jwksUri],
    ]) {
      if (value !== undefined && !isSafe(value)) {
        throw new Error(
          `oidc.${index}.${field} '${value}' must be https: whoever can change the keys on their way can sign tokens`,
        );
      }
    }
    return {
      groupsClaim: 'groups',
      clockToleranceSeconds: 30,
      maxKeyAgeSeconds: 3600,
      ...issuer,
    };
  });
}

function isSafe(value: string): boolean {
  if (!URL.canParse(value)) {
    return false;
  }
  const { protocol, hostname } = new URL(value);
  return (
    protocol === 'https:' ||
    ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  );
}
