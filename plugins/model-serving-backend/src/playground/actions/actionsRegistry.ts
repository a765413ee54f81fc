import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';

/** The only place that touches the alpha API of actions. */
export { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';

export type ActionsRegistry = ActionsRegistryService;
