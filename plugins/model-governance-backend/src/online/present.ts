import {
  onlineConsentText,
  type OnlineExperiment,
  type OnlineExperimentDetail,
} from '@modelhub/backstage-plugin-models-common';
import { sha256Hex } from '@modelhub/governance-protocol';
import { callsOf, figuresOf } from './figures';
import { mayStop, type Onlooker, type ProfileRights } from './OnlineRights';
import type { OnlineRecord } from './records';
import type { OnlineSums } from './SampleStore';

interface Seen {
  onlooker: Onlooker;
  rights: ProfileRights;
  sums: OnlineSums;
}

/** What the owner of the profile consents to. */
export const consentTextOf = (it: OnlineRecord): string =>
  onlineConsentText(it);

/** An experiment as somebody sees it; who gets which arm is not told. */
export function present(
  it: OnlineRecord,
  { onlooker, rights, sums }: Seen,
): OnlineExperiment {
  const { control, challenger, stopRule, gateways, stop, consent } = it;
  return {
    id: it.id,
    title: it.title,
    profile: it.profile,
    profileTitle: it.profileTitle,
    purpose: it.purpose,
    tiers: it.tiers,
    control,
    ...(challenger && { challenger }),
    share: it.share,
    sampling: it.sampling,
    pinned: it.pinned,
    scorers: it.scorers,
    ...(stopRule && { stopRule }),
    failureMargin: it.failureMargin,
    days: it.days,
    ...(gateways && { gateways }),
    state: it.state,
    createdAt: it.createdAt,
    createdBy: it.createdBy,
    ...(it.startsAt && { startsAt: it.startsAt }),
    ...(it.endsAt && { endsAt: it.endsAt }),
    ...(consent && { consent }),
    ...(stop && { stop }),
    calls: {
      control: callsOf(sums, 'control'),
      challenger: callsOf(sums, 'challenger'),
      optedOut: it.optedOut,
      dropped: it.dropped,
      refused: it.refused,
    },
    mayConsent: it.state === 'planned' && rights.mayConsent,
    ...(it.state === 'planned' &&
      rights.mayNotConsentBecause && {
        mayNotConsentBecause: rights.mayNotConsentBecause,
      }),
    mayWithdraw: it.state === 'running' && rights.mayConsent,
    mayStop: mayStop(it, onlooker, rights),
    ...(it.results.length > 0 && { results: it.results }),
  };
}

export function presentDetail(
  it: OnlineRecord,
  seen: Seen,
): OnlineExperimentDetail {
  const text = consentTextOf(it);
  return {
    ...present(it, seen),
    consentText: text,
    consentTextHash: sha256Hex(text),
    figures: figuresOf(it, seen.sums),
  };
}
