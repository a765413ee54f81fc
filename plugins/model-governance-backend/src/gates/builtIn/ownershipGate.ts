import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type { Finding } from '@modelhub/backstage-plugin-models-common';
import type {
  GateSubject,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import type { Organisation } from '../../organisation/Organisation';
import { paramsValidator } from './validateParams';

const complete = (ref: string, defaultKind: string) =>
  stringifyEntityRef(
    parseEntityRef(ref, { defaultKind, defaultNamespace: 'default' }),
  );

const people = ({ entity: { spec } }: GateSubject) => ({
  owner: complete(spec.owner, 'group'),
  steward: spec.steward ? complete(spec.steward, 'user') : undefined,
});

/** What the gate asks about people. */
export type GateOrganisation = Pick<
  Organisation,
  'existing' | 'membersOf' | 'leadsOf'
>;

/** A reference is living when it names a user or a group with users in it. */
type Living = { exists: boolean; members: string[] };

/**
 * Whether somebody answers for the model. Parameters: `minMembers` of the
 * owning group (1 by default), `requireLead`, `requireSteward`.
 */
export function ownershipGate(organisation: GateOrganisation): ModelGate {
  const living = async (ref: string): Promise<Living> => {
    const [exists] = await organisation.existing([ref]);
    if (!exists) return { exists: false, members: [] };
    if (parseEntityRef(ref).kind.toLocaleLowerCase('en-US') === 'user') {
      return { exists: true, members: [ref] };
    }
    // A group may name members who have left.
    const members = await organisation.membersOf([ref]);
    const found = await organisation.existing(members);
    return { exists: true, members: members.filter(m => found.has(m)) };
  };

  return {
    id: 'ownership',
    title: 'Ownership',
    description:
      'Somebody answers for the model today, and somebody takes over tomorrow.',
    factsOnly: true,
    guidance: {
      by: 'owner',
      howTo:
        'Set spec.owner to a group that has members and a lead, and spec.steward to who takes over.',
    },
    version: '1',
    // People come and go without an event.
    maxAgeSeconds: 60,
    appliesTo: () => true,
    validateParams: paramsValidator({
      minMembers: { type: 'integer', minimum: 1 },
      requireLead: { type: 'boolean' },
      requireSteward: { type: 'boolean' },
    }),
    paramOrder: {
      minMembers: 'higher',
      requireLead: [false, true],
      requireSteward: [false, true],
    },
    cacheKey: subject =>
      sha256Hex(canonicalJson([subject.entityRef, people(subject)])),
    async evaluate(subject, params) {
      const { owner, steward } = people(subject);
      const minMembers = Number(params.minMembers ?? 1);
      const owning = await living(owner);
      const isUser = owner.startsWith('user:');
      const findings: Finding[] = [];
      if (!owning.exists) {
        findings.push({
          id: 'owner-missing',
          severity: 'high',
          field: 'spec.owner',
          message: `The owner ${owner} is not in the catalog.`,
          howToFix: 'Set spec.owner to an existing group.',
        });
      } else if (!isUser && owning.members.length < minMembers) {
        findings.push({
          id: 'owner-empty',
          severity: 'high',
          field: 'spec.owner',
          message:
            owning.members.length === 0
              ? `Nobody in the catalog is a member of the owner ${owner}.`
              : `The owner ${owner} has ${owning.members.length} member, and ${minMembers} are asked for.`,
          howToFix:
            'Add members to the group, or set spec.owner to another one.',
        });
      }
      const leads =
        owning.exists && !isUser
          ? await organisation.leadsOf(owner)
          : owning.members;
      const livingLeads = await organisation.existing(leads);
      const lead = leads.find(ref => livingLeads.has(ref));
      if (owning.exists && !lead) {
        findings.push({
          id: 'lead-missing',
          severity: params.requireLead ? 'high' : 'low',
          field: 'spec.owner',
          message: `Nobody is known to lead ${owner}.`,
          howToFix:
            'Set the annotation modelhub.dev/lead on the group, or on one above it, to a user.',
        });
      }
      const standIn = steward && (await living(steward));
      if (!standIn || standIn.members.length === 0) {
        findings.push({
          id: 'steward-missing',
          severity: params.requireSteward ? 'high' : 'low',
          field: 'spec.steward',
          message: steward
            ? `The steward ${steward} is not in the catalog or has no members.`
            : 'Nobody is named who takes over when the owner is gone.',
          howToFix: 'Set spec.steward to an existing user or group.',
        });
      }
      const serious = findings.find(({ severity }) => severity === 'high');
      return {
        verdict: serious ? 'fail' : 'pass',
        summary: serious?.message ?? `${owner} answers for the model.`,
        findings,
        evidence: {
          owner,
          members: owning.members.length,
          leadKnown: lead !== undefined,
          stewardKnown: Boolean(standIn && standIn.members.length > 0),
        },
      };
    },
  };
}
