export { createCacheStage } from './createCacheStage';
