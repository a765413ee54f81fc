export * from './Commands';
export { REVIEWS_TOPIC } from './notices';
