export { OidcIdentities } from './OidcIdentities';
export { OIDC_SCHEMA, toOidcIssuers } from './OidcConfig';
export type {
  OidcIssuerConfig,
  OidcIssuerInFile,
  OidcPrincipal,
  OidcRule,
} from './OidcConfig';
export { principalOf } from './principalOf';
export { checkProfile, wishOf } from './chooseRule';
export type { RuleWish } from './chooseRule';
