// Generated from the OpenAPI documents by "npm run generate". Do not edit.
/* eslint-disable */
export * from './model-cards';
export * from './model-governance';
export * from './model-reviews';
export * from './model-serving';
export * from './model-usage';
