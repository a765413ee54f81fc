import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { z } from 'zod/v3';

/** The only place that touches the alpha API of actions. */
export { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';

export type ActionsRegistry = ActionsRegistryService;

export type Zod = typeof z;
