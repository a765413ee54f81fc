export { catalogModuleModels as default } from './module';
export { ModelKindProcessor } from './processor/ModelKindProcessor';
export { ModelReferencesProcessor } from './processor/ModelReferencesProcessor';
