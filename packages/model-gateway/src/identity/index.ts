export { OidcIdentities } from './OidcIdentities';
export { OIDC_SCHEMA, toOidcIssuers } from './OidcConfig';
export type {
  OidcIssuerConfig,
  OidcIssuerInFile,
  OidcRule,
} from './OidcConfig';
export { checkProfile, wishOf } from './chooseRule';
export type { RuleWish } from './chooseRule';
