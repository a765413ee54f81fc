export { judgeJinja } from './judge';
export type { TemplateFinding } from './judge';
