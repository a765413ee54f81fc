export { CONTENT_KEY, ContentKeys } from './ContentKeys';
export { ContentStore } from './ContentStore';
export { createContentStage } from './createContentStage';
export { contentFolder, runContent } from './runContent';
