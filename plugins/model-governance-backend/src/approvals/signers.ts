import type { SignOffRole } from '@modelhub/backstage-plugin-models-common';
import type { Organisation } from '../organisation/Organisation';
import type { SignOffPolicy } from '../policies/PolicyService';
import type { ApprovalRecord, SignerClaim, SignOffRecord } from './records';

/** Who holds which role on one request at this moment. */
export type RoleHolders = Map<SignOffRole, string[]>;

const isUser = (ref: string) => ref.startsWith('user:');

/** A group's leads, or the user that stands in the place of a group. */
export async function leadsFor(
  organisation: Organisation,
  leadGroup: string | undefined,
  requester: string,
): Promise<string[]> {
  if (!leadGroup) return [];
  return isUser(leadGroup)
    ? [leadGroup].filter(ref => ref !== requester)
    : organisation.leadsOf(leadGroup, [requester]);
}

export async function roleHolders(
  organisation: Organisation,
  demands: SignOffPolicy[],
  request: { leadGroup?: string; requester: string },
): Promise<RoleHolders> {
  return new Map(
    await Promise.all(
      demands.map(
        async ({ role, groups }) =>
          [
            role,
            role === 'lead'
              ? await leadsFor(
                  organisation,
                  request.leadGroup,
                  request.requester,
                )
              : await organisation.membersOf(groups),
          ] as const,
      ),
    ),
  );
}

/** Who belongs to the owner: the user, or the members of the group. */
export async function peopleOf(
  organisation: Organisation,
  ownerRef: string,
): Promise<string[]> {
  return isUser(ownerRef) ? [ownerRef] : organisation.membersOf([ownerRef]);
}

/**
 * The group whose lead is asked: the owner's for a model's first approval,
 * afterwards the requester's.
 */
export function leadGroupFor(input: {
  firstApproval: boolean;
  ownerRef: string;
  requesterGroup?: string;
}): string | undefined {
  return input.firstApproval ? input.ownerRef : input.requesterGroup;
}

/** For the queue and for notifications: groups, and for the lead the people. */
export function signerClaims(
  demands: SignOffPolicy[],
  holders: RoleHolders,
): SignerClaim[] {
  return demands.flatMap(({ role, groups }) =>
    (role === 'lead' ? holders.get('lead') ?? [] : groups).map(claim => ({
      role,
      claim,
    })),
  );
}

/** Roles that members of the model's owner do not fill. */
export const independent: SignOffRole[] = ['security', 'legal', 'risk'];

/** Why a sign-off of this round does not count any more, or undefined. */
export function lostSignOff(
  signOff: SignOffRecord,
  approval: Pick<ApprovalRecord, 'requester'>,
  holders: RoleHolders,
  ownerPeople: ReadonlySet<string>,
): string | undefined {
  const holder = signOff.onBehalfOf ?? signOff.by;
  const persons = [signOff.by, holder];
  if (!holders.get(signOff.role)?.includes(holder)) {
    return `${holder} signed as ${signOff.role} and does not hold this role any more. Somebody else has to sign.`;
  }
  if (persons.includes(approval.requester)) {
    return `${signOff.by} asked for this and cannot sign. Somebody else has to.`;
  }
  if (
    independent.includes(signOff.role) &&
    persons.some(person => ownerPeople.has(person))
  ) {
    return `${holder} signed as ${signOff.role} and belongs to the model's owner now. Somebody else has to sign.`;
  }
  return undefined;
}
