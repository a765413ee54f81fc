/**
 * A value of JSON.
 *
 * @public
 */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | JsonValue[]
  | JsonObject;

/**
 * An object of JSON.
 *
 * @public
 */
export type JsonObject = { [key in string]?: JsonValue };

/**
 * Where a model may be used, from the least to the most that is asked for.
 *
 * @public
 */
export const policyTiers = [
  'sandbox',
  'internal',
  'customer-facing',
  'regulated',
] as const;

/**
 * @public
 */
export type PolicyTier = (typeof policyTiers)[number];

/**
 * In what role people sign.
 *
 * @public
 */
export const policyRoles = ['lead', 'security', 'legal', 'risk'] as const;

/**
 * @public
 */
export type PolicyRole = (typeof policyRoles)[number];

/**
 * In which direction a gate's parameter gets stricter: `higher` and `lower` are
 * for numbers, `superset` and `subset` for lists, a list of values goes from the
 * laxest to the strictest. `fields` are the parts of an object, and one without
 * an order may not change; `each` is for all of an object's values, whatever
 * they are named: more of them are stricter.
 *
 * @public
 */
export type ParamOrder =
  | 'higher'
  | 'lower'
  | 'superset'
  | 'subset'
  | Array<string | boolean>
  | { fields: Record<string, ParamOrder> }
  | { each: ParamOrder };

/**
 * What policies have to know about a gate.
 *
 * @public
 */
export interface GateDescription {
  id: string;
  title: string;
  description?: string;
  /** By parameter, which way is stricter; one without an order is fixed by the highest layer that sets it. */
  paramOrder?: Record<string, ParamOrder>;
  /** Throws when the parameters are wrong. */
  validateParams?(params: JsonObject): void;
}

/**
 * What one gate has to be asked for a request.
 *
 * @public
 */
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

/**
 * Who has to sign a request in one role.
 *
 * @public
 */
export interface SignOffPolicy {
  role: PolicyRole;
  quorum: number;
  /** Groups whose members hold the role; empty for `lead`, which the catalog knows. */
  groups: string[];
  secondFactor: boolean;
}

/**
 * What the layered policies ask for one concrete request.
 *
 * @public
 */
export interface PolicyDecision {
  tier: PolicyTier;
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
 *
 * @public
 */
export interface PolicyInput {
  tier: PolicyTier;
  purpose?: {
    id: string;
    title: string;
    dataClasses: string[];
    regions: string[];
  };
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
