export { fillPortal } from './fillPortal';
export { runDemoYear } from './runDemoYear';
export { YearFolder, type YearSize, type YearState } from './YearFolder';
