export { toCycloneDx } from './cyclonedx';
export type { BomSubject, CycloneDxBom } from './cyclonedx';
export { formatBytes, formatFile, formatSummary } from './human';
export { reportOfWhole, toJsonLine } from './json';
export { toSarif } from './sarif';
