export { formatComparisons } from './formatComparisons';
export { reportHtml } from './html';
export { reportMarkdown } from './markdown';
export type { ReportInput, ReportPack } from './types';
