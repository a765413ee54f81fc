import type { BudgetKind } from '@modelhub/backstage-plugin-models-common';

export const kindNames: Record<BudgetKind, { one: string; many: string }> = {
  profile: { one: 'Access profile', many: 'Access profiles' },
  team: { one: 'Team', many: 'Teams' },
  key: { one: 'Gateway key', many: 'Gateway keys' },
};

export function isKind(text: string | undefined): text is BudgetKind {
  return text !== undefined && text in kindNames;
}
