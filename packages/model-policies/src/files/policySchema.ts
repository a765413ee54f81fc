import {
  policyRoles,
  policyTiers,
  type JsonObject,
  type PolicyRole,
  type PolicyTier,
} from '../types';

/**
 * Where a policy file counts.
 *
 * @public
 */
export type PolicyScope =
  | { organisation: true }
  /** Models of a system. */
  | { system: string }
  /** Models that a group owns. */
  | { owner: string }
  /** Requests by members of a group. */
  | { group: string };

/**
 * Who may waive a gate.
 *
 * @public
 */
export interface WaiverRule {
  by: string[];
  atMostDays: number;
  /** Whoever waives confirms with a passkey. */
  secondFactor?: boolean;
  /** CEL; nobody may waive the gate where it does not hold. */
  when?: string;
}

/**
 * @public
 */
export interface GateRule {
  required?: boolean;
  /** CEL; the demand counts only where it holds. */
  when?: string;
  params?: JsonObject;
  waiver?: WaiverRule;
}

/**
 * @public
 */
export interface SignOffRule {
  quorum?: number;
  groups?: string[];
  secondFactor?: boolean;
  /** CEL; the demand counts only where it holds. */
  when?: string;
}

/**
 * @public
 */
export interface RefusalRule {
  code: string;
  /** CEL; the request is refused where it holds. */
  when: string;
  message: string;
}

/**
 * What lets a file for a system, an owner or a group ask for less than the
 * organisation does: a name, somebody who answers for it, and an end.
 *
 * @public
 */
export interface PolicyException {
  name: string;
  reason: string;
  /** Entity ref of the person or group that answers for it. */
  by: string;
  /** Its last day, in UTC. */
  until: string;
  /** What of the organisation's policy does not count meanwhile. */
  lifts?: { signOffs?: PolicyRole[]; refusals?: string[] };
}

/**
 * One policy file: what one layer asks for at one tier.
 *
 * @public
 */
export interface PolicyFile {
  title?: string;
  about?: string;
  tier: PolicyTier;
  scope: PolicyScope;
  exception?: PolicyException;
  expiresAfterDays?: number;
  checkDeadlineHours?: number;
  snapshotMaxAgeSeconds?: number;
  breakGlass?: { allowed: boolean; hours?: number };
  gates?: Record<string, GateRule>;
  signOffs?: Partial<Record<PolicyRole, SignOffRule>>;
  refuse?: RefusalRule[];
}

const ref = (kinds: string) => ({
  type: 'string',
  pattern: `^(${kinds}):[a-z0-9_.-]+/[A-Za-z0-9_.-]+$`,
});
const groupList = {
  type: 'array',
  maxItems: 100,
  uniqueItems: true,
  items: ref('group'),
};
const expression = { type: 'string', minLength: 1, maxLength: 2000 };
const scope = (field: string, schema: object) => ({
  type: 'object',
  additionalProperties: false,
  required: [field],
  properties: { [field]: schema },
});

/**
 * JSON Schema of a policy file, for editors and for the check.
 *
 * @public
 */
export const policySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['tier', 'scope'],
  properties: {
    title: { type: 'string', maxLength: 500 },
    about: { type: 'string', maxLength: 5000 },
    tier: { enum: policyTiers },
    scope: {
      type: 'object',
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: false,
      properties: {
        ...scope('organisation', { const: true }).properties,
        ...scope('system', ref('system')).properties,
        ...scope('owner', ref('group|user')).properties,
        ...scope('group', ref('group')).properties,
      },
    },
    exception: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'reason', 'by', 'until'],
      properties: {
        name: { type: 'string', minLength: 3, maxLength: 200 },
        reason: { type: 'string', minLength: 10, maxLength: 2000 },
        by: ref('user|group'),
        until: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
        lifts: {
          type: 'object',
          additionalProperties: false,
          properties: {
            signOffs: {
              type: 'array',
              uniqueItems: true,
              items: { enum: policyRoles },
            },
            refusals: {
              type: 'array',
              uniqueItems: true,
              items: { type: 'string', pattern: '^[a-z0-9-]+$' },
            },
          },
        },
      },
    },
    expiresAfterDays: { type: 'integer', minimum: 1, maximum: 3650 },
    checkDeadlineHours: { type: 'integer', minimum: 1, maximum: 8760 },
    snapshotMaxAgeSeconds: { type: 'integer', minimum: 30, maximum: 86400 },
    breakGlass: {
      type: 'object',
      additionalProperties: false,
      required: ['allowed'],
      properties: {
        allowed: { type: 'boolean' },
        hours: { type: 'integer', minimum: 1, maximum: 72 },
      },
    },
    gates: {
      type: 'object',
      maxProperties: 100,
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: {
          required: { type: 'boolean' },
          when: expression,
          params: { type: 'object' },
          waiver: {
            type: 'object',
            additionalProperties: false,
            required: ['by', 'atMostDays'],
            properties: {
              by: {
                type: 'array',
                maxItems: 100,
                uniqueItems: true,
                items: {
                  type: 'string',
                  pattern:
                    '^(lead|security|legal|risk|group:[a-z0-9_.-]+/[A-Za-z0-9_.-]+)$',
                },
              },
              atMostDays: { type: 'integer', minimum: 1, maximum: 365 },
              secondFactor: { type: 'boolean' },
              when: expression,
            },
          },
        },
      },
    },
    signOffs: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        policyRoles.map(role => [
          role,
          {
            type: 'object',
            additionalProperties: false,
            properties: {
              quorum: {
                type: 'integer',
                minimum: 1,
                maximum: role === 'lead' ? 1 : 9,
              },
              // The lead comes from the catalog.
              ...(role !== 'lead' && { groups: groupList }),
              secondFactor: { type: 'boolean' },
              when: expression,
            },
          },
        ]),
      ),
    },
    refuse: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'when', 'message'],
        properties: {
          code: { type: 'string', pattern: '^[a-z0-9-]+$' },
          when: expression,
          message: { type: 'string', minLength: 1, maxLength: 500 },
        },
      },
    },
  },
} as const;
