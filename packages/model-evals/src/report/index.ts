export { reportHtml } from './html';
export { reportMarkdown } from './markdown';
export type { ReportInput, ReportPack } from './types';
