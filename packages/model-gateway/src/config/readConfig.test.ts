import { parseConfig } from './readConfig';

const FILE = `
controlPlane: { url: https://portal.example/, stateDir: state }
providers:
  - { name: openai, match: 'openai/*', baseUrl: https://api.openai.com/v1/, apiKeyEnv: OPENAI_API_KEY }
`;
const ENV = { OPENAI_API_KEY: 'secret' };

describe('parseConfig', () => {
  it('fills in what is not said', () => {
    expect(parseConfig(FILE, ENV, '/etc/gateway')).toEqual({
      name: 'model-gateway',
      listen: { host: '127.0.0.1', port: 4000, http1: 'strict' },
      controlPlane: {
        urls: ['https://portal.example'],
        enrolmentToken: undefined,
        pinnedKeyIds: undefined,
        stateDir: '/etc/gateway/state',
      },
      portalUrl: 'https://portal.example',
      providers: [
        {
          name: 'openai',
          match: 'openai/*',
          baseUrl: 'https://api.openai.com/v1',
          apiKey: 'secret',
          auth: 'bearer',
          headers: {},
          apis: ['openai'],
          stripPrefix: false,
          models: {},
        },
      ],
      aliases: {},
      routing: {
        retries: 1,
        retryBudget: 0.2,
        maxRetryWaitMs: 2000,
        circuitFailures: 10,
        circuitWindowMs: 10000,
        circuitOpenMs: 15000,
      },
      oidc: [],
      telemetry: { propagateTraceTo: [] },
      flags: { flags: {} },
      batchSecret: undefined,
      cache: { maxBytes: 67108864 },
      limits: {
        maxBodyBytes: 10485760,
        maxConcurrent: 1024,
        maxConnections: 16_384,
        requestTimeoutMs: 60000,
        upstreamTimeoutMs: 120000,
        upstreamIdleMs: 120000,
        drainMs: 30000,
      },
      usage: {
        budgets: 'required',
        leaseMs: 2000,
        spool: {
          dir: '/etc/gateway/state/usage',
          maxBytes: 268435456,
          sealMs: 1000,
        },
        signals: { rate: 0.1, perSecond: 10, feedback: true },
      },
    });
  });

  it('lets the environment decide', () => {
    const config = parseConfig(
      FILE,
      {
        ...ENV,
        MODELHUB_CONTROL_PLANE_URL: 'http://a:1, http://b:2/',
        MODELHUB_ENROLMENT_TOKEN: 'token',
        MODELHUB_GATEWAY_HOST: '0.0.0.0',
        MODELHUB_GATEWAY_NAME: 'edge',
        MODELHUB_GATEWAY_PORT: '0',
        MODELHUB_GATEWAY_STATE_DIR: '/var/state',
        MODELHUB_PINNED_KEY_IDS: '0123456789abcdef',
        MODELHUB_PORTAL_URL: 'http://c',
      },
      '/',
    );
    expect(config).toMatchObject({
      name: 'edge',
      listen: { host: '0.0.0.0', port: 0, http1: 'strict' },
      portalUrl: 'http://c',
      controlPlane: {
        urls: ['http://a:1', 'http://b:2'],
        enrolmentToken: 'token',
        pinnedKeyIds: ['0123456789abcdef'],
        stateDir: '/var/state',
      },
    });
  });

  it.each([
    ['', 'the file must be object'],
    ['providers: [', 'Flow sequence'],
    ['providers: []', 'controlPlane.url is missing'],
    [
      'providers: []\nprovider: 1',
      'must NOT have additional properties provider',
    ],
    ['controlPlane: { url: portal }\nproviders: []', "'portal' is not a URL"],
    [
      'providers: [{ name: a, match: "a*b", baseUrl: "http://a" }]',
      'providers.0.match must match pattern',
    ],
    [
      'providers: [{ name: a, match: a, baseUrl: "ftp://a" }]',
      'providers.0.baseUrl must match pattern',
    ],
    ['listen: { port: 70000 }\nproviders: []', 'listen.port must be <= 65535'],
    [
      'limits: { maxBodyBytes: 0 }\nproviders: []',
      'limits.maxBodyBytes must be >= 1',
    ],
  ])('says what is wrong with %j', (content, words) => {
    expect(() => parseConfig(content, ENV, '/')).toThrow(words);
  });

  it('says which key is missing, and which port is none', () => {
    expect(() => parseConfig(FILE, {}, '/')).toThrow(
      "The key of provider 'openai' is missing: set the environment variable OPENAI_API_KEY",
    );
    expect(() =>
      parseConfig(FILE, { ...ENV, MODELHUB_GATEWAY_PORT: 'x' }, '/'),
    ).toThrow("MODELHUB_GATEWAY_PORT 'x' is not a port");
  });
});
