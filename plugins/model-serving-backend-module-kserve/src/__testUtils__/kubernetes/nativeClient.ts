import type { ClientNodeModule } from '../../kubernetes/ClientNodeKubernetesApi';

/**
 * The real client as Node loads it. It is an ES module, which jest does not
 * import without experimental switches, and translating its 900 files for each
 * test would take long.
 */
export async function loadClient(): Promise<ClientNodeModule> {
  return process.getBuiltinModule('node:module').createRequire(__filename)(
    '@kubernetes/client-node',
  ) as ClientNodeModule;
}
