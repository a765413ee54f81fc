import type { CallerKind } from '@modelhub/backstage-plugin-models-common';
import { subjectText } from '../budgets/SubjectName';
import type { Names } from '../lib/useNames';

/** What calls, in words. */
export const callerKinds: Record<CallerKind, { one: string; many: string }> = {
  team: { one: 'Team', many: 'Teams' },
  component: { one: 'Component', many: 'Components' },
  profile: { one: 'Access profile', many: 'Access profiles' },
};

/** A caller by name; what is not known is said so. */
export function callerText(
  kind: CallerKind,
  name: string,
  names: Names | undefined,
): string {
  if (name === '') return 'Not known';
  return kind === 'profile'
    ? subjectText('profile', name, names)
    : name.slice(name.lastIndexOf('/') + 1);
}
