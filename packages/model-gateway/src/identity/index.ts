export { OidcIdentities } from './OidcIdentities';
export { OIDC_SCHEMA, toOidcIssuers } from './OidcConfig';
export type {
  OidcIssuerConfig,
  OidcIssuerInFile,
  OidcRule,
} from './OidcConfig';
export type { RuleWish } from './chooseRule';
