export { actionsRegistryServiceRef } from './actions/actionsRegistry';
export { registerPlaygroundActions } from './actions/registerPlaygroundActions';
export {
  createPlayground,
  type Playground,
  type PlaygroundOptions,
} from './createPlayground';
export { addPlaygroundRoutes } from './router';
