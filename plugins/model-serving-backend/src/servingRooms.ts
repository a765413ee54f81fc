import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { DeploymentEngine } from '@modelhub/backstage-plugin-models-node';
import { EngineDesk } from './engines';
import { createServingRouter } from './router';

export interface ServingOptions {
  engines: DeploymentEngine[];
  httpAuth: HttpAuthService;
}

/** All rooms of the backend, wired to each other. */
export async function createServing(options: ServingOptions) {
  const engines = EngineDesk.create(options);
  const router = createServingRouter({ ...options, engines });
  return { router, start: async () => {}, stop: async () => {} };
}
