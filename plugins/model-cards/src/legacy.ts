/**
 * Models in a portal on Backstage's older frontend system.
 *
 * @packageDocumentation
 */
export {
  EntityModelCard,
  EntityModelOverview,
  isModelAvailable,
  modelCardsPlugin,
  ModelsPage,
} from './legacyPlugin';
