export { compare, NEEDS, type Comparison, type Needs } from './compare';
export { sumOf, totalOf, inOrder, type DayCounts } from './groups';
export type { Rate } from './rates';
