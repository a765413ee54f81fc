import path from 'node:path';

/** The configuration of one replica. */
export function portalConfig(options: {
  folder: string;
  port: number;
  tokens: Record<string, string>;
  database: object;
}): object {
  const { folder, port, tokens, database } = options;
  const url = `http://localhost:${port}`;
  return {
    app: { baseUrl: url },
    auth: {
      environment: 'development',
      providers: { persona: { enabled: true } },
    },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database,
    },
    modelGovernance: {
      policies: { path: path.join(__dirname, 'policies') },
      keys: { secretFile: path.join(folder, 'secret') },
      snapshot: { maxAgeSeconds: 20, heartbeatSeconds: 2 },
      gateways: Object.entries(tokens).map(([name, enrolmentToken]) => ({
        name,
        enrolmentToken,
      })),
      profiles: [
        {
          id: 'faults',
          title: 'Faults',
          owner: 'group:default/customer-care',
          members: ['group:default/customer-care'],
        },
      ],
      purposes: [{ id: 'faults', title: 'Faults', dataClasses: ['internal'] }],
    },
  };
}
