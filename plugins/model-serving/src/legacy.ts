/**
 * Evaluate models, for the older frontend system.
 *
 * @packageDocumentation
 */
export {
  EntityModelEvaluateCard,
  ModelServingPage,
  modelServingPlugin,
} from './legacy/plugin';
