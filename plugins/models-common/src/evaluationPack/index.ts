export * from './constants';
export * from './EvaluationPackEntityV1alpha1';
export * from './evaluationPackProblem';
export * from './isEvaluationPackEntity';
export * from './relations';
export * from './schema';
