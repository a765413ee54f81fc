export * from './evaluationRuns';
export * from './judgeTarget';
