export * from './ReviewService';
