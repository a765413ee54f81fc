export { modelCardsPlugin as default } from './plugin';
