import type { AllowlistIndex } from '@modelhub/governance-protocol';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../http/ApiError';
import type { OidcRule } from './OidcConfig';

/** What a caller with several rules asks to call as. */
export interface RuleWish {
  /** Of the header `x-modelhub-profile`. */
  profile?: string;
  /** Of the header `x-modelhub-purpose`. */
  purpose?: string;
}

const NO_WISH: RuleWish = {};

/** What the headers of a request wish. */
export function wishOf(headers: IncomingHttpHeaders): RuleWish {
  const profile = headers['x-modelhub-profile'];
  const purpose = headers['x-modelhub-purpose'];
  return profile === undefined && purpose === undefined
    ? NO_WISH
    : { profile: profile?.toString(), purpose: purpose?.toString() };
}

/**
 * The rule to call by: the first of the caller's own, or the first of those
 * that the caller asks for.
 *
 * @param rules - those whose group the token names, in their order
 * @throws ApiError 403
 */
export function chooseRule(
  rules: readonly OidcRule[],
  wish: RuleWish,
  index: AllowlistIndex,
): OidcRule {
  if (rules.length === 0) {
    throw refusal(
      'no_access_profile',
      'None of the groups in this token has an access profile at this gateway. Ask whoever runs it which group you need.',
    );
  }
  const rule = rules.find(
    ({ profile, purpose }) =>
      (wish.profile === undefined || wish.profile === profile) &&
      (wish.purpose === undefined || wish.purpose === purpose),
  );
  if (!rule) {
    const own = [...new Set(rules.map(it => `${it.profile} (${it.purpose})`))];
    throw refusal(
      'access_profile_not_yours',
      `The headers x-modelhub-profile and x-modelhub-purpose choose among your own access profiles: ${own.join(
        ', ',
      )}.`,
    );
  }
  checkProfile(rule.profile, index);
  return rule;
}

/** @throws ApiError 403 when the allowlist does not hold the profile */
export function checkProfile(profile: string, index: AllowlistIndex): void {
  if (!index.profile(profile)) {
    throw refusal(
      'unknown_access_profile',
      `The access profile '${profile}' of your group does not exist in the model hub. Tell whoever runs the gateway.`,
    );
  }
}

function refusal(code: string, message: string): ApiError {
  return new ApiError(403, code, message, { type: 'permission_error' });
}
