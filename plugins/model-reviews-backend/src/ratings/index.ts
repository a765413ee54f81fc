export * from './RatingChanges';
export * from './RatingService';
export * from './RatingStore';
