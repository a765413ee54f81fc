import type { JsonObject } from '@backstage/types';
import type {
  PolicySet,
  Purpose,
  SignOffRole,
  Tier,
} from '@modelhub/backstage-plugin-models-common';

export interface GateDemand {
  id: string;
  required: boolean;
  params: JsonObject;
  /** Roles or group refs that may waive it; empty means nobody. */
  waivableBy: string[];
  /** Longest life of a waiver, in days. */
  waiverDays: number;
  /** Whoever waives it confirms with a passkey. */
  waiverSecondFactor?: boolean;
}

export interface SignOffPolicy {
  role: SignOffRole;
  quorum: number;
  /** Groups whose members hold the role; empty for `lead`, which is resolved from the catalog. */
  groups: string[];
  secondFactor: boolean;
}

/** What the layered policies ask for one concrete request. */
export interface PolicyDecision {
  tier: Tier;
  /** `sha256:…` over all layers; an approval names it. */
  version: string;
  gates: GateDemand[];
  signOffs: SignOffPolicy[];
  expiresAfterDays: number;
  /** ISO 8601; an approval that rests on an exception ends with it. */
  endsBy?: string;
  /** What loosens the organisation's policy here, until its last day. */
  exceptions?: Array<{ name: string; by: string; until: string }>;
  /** A check that hangs longer becomes changes-requested. */
  checkDeadlineHours: number;
  breakGlass: { allowed: boolean; hours: number };
  /** Snapshot age that this tier tolerates, in seconds. */
  snapshotMaxAgeSeconds: number;
  /** Conditions that refuse the request outright, with the message to show. */
  refusals: Array<{ code: string; message: string }>;
}

/**
 * What conditions in policies may look at. What anybody may edit without a new
 * decision, such as tags and curation, is not offered: a condition on it would
 * be open to whoever writes the file.
 */
export interface PolicyInput {
  tier: Tier;
  purpose?: Purpose;
  profile?: string;
  model: {
    entityRef: string;
    type: string;
    provider: string;
    owner: string;
    system?: string;
    lifecycle: string;
    license?: string;
    regions: string[];
    hosted: boolean;
    /** Of the version's artifact, `sha256:…`. */
    digest?: string;
  };
  requester?: { ref: string; groups: string[] };
}

export interface PolicyService {
  decide(input: PolicyInput): PolicyDecision;
  /** For people: tiers as demands without a concrete model, layers, and the error of the last failed load. */
  describe(): PolicySet;
  /** Whether `now` asks for nothing that `then` did not ask for. */
  isCovered(then: PolicyDecision, now: PolicyDecision): boolean;
}
