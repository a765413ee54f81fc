export { addScorer, asksOf, scorerOf, scorers } from './registry';
export type {
  CaseAnswer,
  CaseScore,
  ScoreInput,
  Scorer,
  ScorerAggregate,
  ScorerModels,
} from './types';
