/**
 * Id of the gate that asks whether somebody can run the model.
 *
 * @public
 */
export const OPERATIONAL_READINESS_GATE = 'operational-readiness';

/**
 * What has to be there before a model is run in earnest.
 *
 * @public
 */
export const READINESS_ITEMS = [
  'runbook',
  'on-call',
  'slo',
  'rollback',
  'fallback',
  'contact',
] as const;

/**
 * One of {@link READINESS_ITEMS}.
 *
 * @public
 */
export type ReadinessItemId = (typeof READINESS_ITEMS)[number];

/**
 * What was found of one item.
 *
 * @public
 */
export type ReadinessItem = {
  id: ReadinessItemId;
  /** `weak`: there, and less than the policy asks. */
  status: 'there' | 'weak' | 'missing';
  required: boolean;
  /** What is there, in words. */
  detail: string;
  /** Where it leads: an `https:` or `mailto:` address. */
  url?: string;
  /** Ref of the user, group or model that it names. */
  entityRef?: string;
  /** Where it was read, such as `spec.operations.runbook`. */
  from?: string;
  howToFix?: string;
};

/**
 * What the gate `operational-readiness` leaves as evidence.
 *
 * @public
 */
export type OperationalReadinessEvidence = {
  kind: 'operational-readiness';
  items: ReadinessItem[];
};
