export { judgeJinja } from './judgeJinja';
export type { TemplateFinding } from './judgeJinja';
