/** What the page holds; each tab is a path below it. */
export const usageTabs = [
  { id: 'budgets', label: 'Spend and budgets' },
  { id: 'organisation', label: 'Organisation' },
  { id: 'objectives', label: 'Objectives' },
  { id: 'drift', label: 'Drift' },
  { id: 'enforcement', label: 'What enforcing would refuse' },
  { id: 'sources', label: 'Sources and imports' },
];
