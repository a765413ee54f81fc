import type {
  ChecklistItem,
  TransitionRefusal,
} from '@modelhub/backstage-plugin-models-common';
import type { ChecklistPeople } from './items';

type Code = TransitionRefusal['code'];

/** What has to be so before one can ask, with who sees to it. */
const facts: Array<{
  code: Code;
  title: string;
  party: 'owner' | 'requester' | 'administrator';
}> = [
  {
    code: 'version-not-pinned',
    title: 'The version is pinned',
    party: 'owner',
  },
  { code: 'no-owner', title: 'The model has an owner', party: 'owner' },
  {
    code: 'scope-missing',
    title: 'A purpose and an access profile',
    party: 'requester',
  },
];

/** Said only where they are so. */
const obstacles: Partial<
  Record<
    Code,
    { title: string; party: 'owner' | 'requester' | 'administrator' }
  >
> = {
  'model-retired': { title: 'The model is retired', party: 'requester' },
  'model-deprecated': { title: 'The model is deprecated', party: 'requester' },
  'gateway-id-conflict': {
    title: 'Two models claim the same gateway id',
    party: 'owner',
  },
  'on-hold': { title: 'A hold is cleared', party: 'administrator' },
  'policy-refusal': {
    title: 'The policy allows it for this purpose',
    party: 'requester',
  },
};

/** The first part of a checklist: whether one can ask at all. */
export function requestItems(
  refusals: Array<Pick<TransitionRefusal, 'code' | 'message'>>,
  context: { pin?: string; undecided: boolean; people: ChecklistPeople },
): ChecklistItem[] {
  const { pin, undecided, people } = context;
  const { caller, requester, ownerRef, ownerPeople, editUrl } = people;
  const owes = (party: 'owner' | 'requester' | 'administrator') => ({
    party,
    people: party === 'requester' ? [requester] : [],
    groups: party === 'owner' ? [ownerRef] : [],
    you:
      caller !== undefined &&
      (party === 'requester'
        ? caller === requester
        : party === 'owner' && ownerPeople.has(caller)),
  });
  const item = (
    code: Code,
    title: string,
    party: 'owner' | 'requester' | 'administrator',
    message?: string,
  ): ChecklistItem => ({
    id: `request:${code}`,
    group: 'request',
    title,
    required: true,
    state: message === undefined ? 'done' : 'failing',
    ...(message !== undefined && {
      summary: message,
      owes: owes(party),
      actions:
        party === 'owner'
          ? [
              editUrl
                ? { kind: 'edit-model' as const, href: editUrl }
                : { kind: 'view-model' as const },
            ]
          : [],
    }),
  });
  const known = facts.map(({ code, title, party }) => {
    const refusal = refusals.find(one => one.code === code);
    const one = item(code, title, party, refusal?.message);
    if (code === 'scope-missing' && undecided) {
      return {
        ...one,
        state: 'owed' as const,
        summary: 'Choose what it is for and who uses it.',
        owes: owes('requester'),
      };
    }
    return code === 'version-not-pinned' && !refusal
      ? { ...one, summary: pin && `Pinned to ${pin}` }
      : one;
  });
  const against = refusals.flatMap((refusal, index) => {
    const obstacle = obstacles[refusal.code];
    if (!obstacle) return [];
    const one = item(
      refusal.code,
      obstacle.title,
      obstacle.party,
      refusal.message,
    );
    return [{ ...one, id: `${one.id}:${index}` }];
  });
  return [...known, ...against];
}
