import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterAuth } from './ClusterConfig';

const KEY = 'modelServing.kserve.clusters';

/** A cluster that the portal's own `kubernetes` configuration names. */
function fromKubernetesConfig(
  root: Config,
  name: string,
  id: string,
): ClusterAuth {
  const clusters = (
    root.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? []
  )
    .filter(method => method.getString('type') === 'config')
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? []);
  const cluster = clusters.find(entry => entry.getString('name') === name);
  if (!cluster) {
    throw new InputError(
      `${KEY}: ${id} asks for the cluster "${name}" of kubernetes.clusterLocatorMethods, which is not there in a method of type "config"`,
    );
  }
  const provider =
    cluster.getOptionalString('authProvider') ??
    cluster.getOptionalString('authMetadata.kubernetes.io/auth-provider');
  const token = cluster.getOptionalString('serviceAccountToken');
  if (provider !== 'serviceAccount') {
    throw new InputError(
      `${KEY}: ${id} can use the cluster "${name}" of the portal's Kubernetes configuration only with the authProvider "serviceAccount"; give it an auth of its own`,
    );
  }
  if (!token) {
    return { type: 'in-cluster' };
  }
  return {
    type: 'token',
    url: cluster.getString('url'),
    token,
    caData: cluster.getOptionalString('caData'),
    caFile: cluster.getOptionalString('caFile'),
    skipTLSVerify: cluster.getOptionalBoolean('skipTLSVerify'),
  };
}

/** How the portal proves itself to a cluster. */
export function readAuth(
  config: Config,
  root: Config,
  id: string,
): ClusterAuth {
  const type = config.getString('type');
  switch (type) {
    case 'in-cluster':
      return { type };
    case 'kubeconfig':
      return {
        type,
        file: config.getString('file'),
        context: config.getOptionalString('context'),
      };
    case 'token': {
      const token = config.getOptionalString('token');
      const tokenFile = config.getOptionalString('tokenFile');
      if ((token === undefined) === (tokenFile === undefined)) {
        throw new InputError(
          `${KEY}: the auth of ${id} needs either token or tokenFile`,
        );
      }
      return {
        type,
        url: config.getString('url'),
        token,
        tokenFile,
        caFile: config.getOptionalString('caFile'),
        caData: config.getOptionalString('caData'),
        skipTLSVerify: config.getOptionalBoolean('skipTLSVerify'),
      };
    }
    case 'kubernetes-config':
      return fromKubernetesConfig(root, config.getString('cluster'), id);
    default:
      throw new InputError(
        `${KEY}: the auth type "${type}" of ${id} is not known; use in-cluster, kubeconfig, token or kubernetes-config`,
      );
  }
}
