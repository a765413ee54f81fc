import type * as ClientNode from '@kubernetes/client-node';
import type { ClusterAuth } from '../config/ClusterConfig';
import type { ClientNodeModule } from './ClientNodeKubernetesApi';

/** The client's configuration for one cluster; files are read when it is first used. */
export function kubeConfig(
  client: ClientNodeModule,
  id: string,
  auth: ClusterAuth,
): ClientNode.KubeConfig {
  const config = new client.KubeConfig();
  if (auth.type === 'in-cluster') {
    config.loadFromCluster();
  } else if (auth.type === 'kubeconfig') {
    config.loadFromFile(auth.file);
    if (auth.context) {
      config.setCurrentContext(auth.context);
    }
  } else {
    config.loadFromClusterAndUser(
      {
        name: id,
        server: auth.url,
        caFile: auth.caFile,
        caData: auth.caData,
        // The client refuses plain HTTP otherwise; whoever writes `http:` means it.
        skipTLSVerify: auth.skipTLSVerify ?? auth.url.startsWith('http:'),
      },
      {
        name: id,
        token: auth.token,
        // Tokens in files are renewed by the cluster: the client reads them again each minute.
        ...(auth.tokenFile && {
          authProvider: {
            name: 'tokenFile',
            config: { tokenFile: auth.tokenFile },
          },
        }),
      },
    );
  }
  return config;
}
