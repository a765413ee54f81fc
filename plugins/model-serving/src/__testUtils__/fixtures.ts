import type {
  EndpointPreview,
  EvaluationEndpoint,
  PlaygroundBatch,
  PlaygroundRow,
  PlaygroundTarget,
  PlaygroundTargets,
} from '@modelhub/backstage-plugin-models-common';

export const WRITER = 'model:acme/writer';

export const endpoint = (
  given: Partial<EvaluationEndpoint> = {},
): EvaluationEndpoint => ({
  id: 'e1',
  state: 'ready',
  entityRef: WRITER,
  title: 'Writer',
  gatewayId: 'acme/writer',
  modelVersion: '1.0',
  team: 'group:default/care',
  owner: 'user:default/dana',
  profile: 'customer-care',
  purpose: 'experimentation',
  tier: 'sandbox',
  engine: { id: 'local', title: 'This machine' },
  resources: { gpus: 0, cpu: 2, memoryGiB: 1.5 },
  hours: 4,
  createdAt: '2026-11-02T10:00:00Z',
  queuedAt: '2026-11-02T10:00:05Z',
  startedAt: '2026-11-02T10:01:05Z',
  readyAt: '2026-11-02T10:01:25Z',
  endsAt: '2999-11-02T14:01:25Z',
  mayExtend: true,
  mayStop: true,
  mayRenewKey: true,
  cost: {
    known: true,
    soFar: { amount: 0.42, currency: 'EUR' },
    perHour: 0.8,
  },
  connection: {
    gatewayUrl: 'http://gateway.test/v1',
    model: 'acme/writer@1.0',
  },
  ...given,
});

export const preview = (
  given: Partial<EndpointPreview> = {},
): EndpointPreview => ({
  entityRef: WRITER,
  title: 'Writer',
  gatewayId: 'acme/writer',
  versions: [
    { name: '1.0', usable: true, format: 'gguf' },
    { name: '0.9', usable: false, reason: 'Version 0.9 has no artifact.' },
  ],
  modelVersion: '1.0',
  teams: [
    { entityRef: 'group:default/care', title: 'Customer Care' },
    { entityRef: 'group:default/shop', title: 'Shop' },
  ],
  team: 'group:default/care',
  profiles: [{ id: 'customer-care', title: 'Customer care' }],
  profile: 'customer-care',
  purpose: 'experimentation',
  hours: 4,
  extendHours: 4,
  engines: [
    {
      id: 'local',
      title: 'This machine',
      fits: true,
      health: { state: 'up', since: '2026-11-02T09:00:00Z' },
    },
    {
      id: 'kserve-eu',
      title: 'Cluster in Europe',
      fits: false,
      reason: 'KServe has no runtime for gguf here.',
      health: { state: 'up', since: '2026-11-02T09:00:00Z' },
    },
  ],
  engine: 'local',
  resources: { gpus: 0, cpu: 2, memoryGiB: 1.5 },
  cost: {
    known: true,
    amount: 3.2,
    perHour: 0.8,
    currency: 'EUR',
    hours: 4,
    basis: 'The price of this machine.',
  },
  quota: {
    gpus: { used: 0 },
    endpoints: { used: 1, limit: 2 },
    today: { used: 1, limit: 10 },
  },
  queuePosition: 0,
  access: {
    state: 'will-be-checked',
    reason: 'The sandbox checks run first; nobody has to sign.',
  },
  mayCreate: true,
  ...given,
});

export const target = (
  given: Partial<PlaygroundTarget> = {},
): PlaygroundTarget => ({
  id: 'endpoint:e1',
  kind: 'endpoint',
  title: 'Writer',
  entityRef: WRITER,
  gatewayId: 'acme/writer',
  modelVersion: '1.0',
  available: true,
  endpoint: {
    id: 'e1',
    team: 'group:default/care',
    engine: 'local',
    endsAt: '2999-11-02T14:01:25Z',
  },
  price: { basis: 'time', currency: 'EUR', perHour: 0.8 },
  ...given,
});

export const hosted = (
  given: Partial<PlaygroundTarget> = {},
): PlaygroundTarget =>
  target({
    id: 'model:other/talker@2',
    kind: 'model',
    title: 'Talker',
    entityRef: 'model:other/talker',
    gatewayId: 'other/talker',
    modelVersion: '2',
    endpoint: undefined,
    price: {
      basis: 'tokens',
      currency: 'EUR',
      inputPerMTok: 1,
      outputPerMTok: 4,
    },
    ...given,
  });

export const targets = (
  given: Partial<PlaygroundTargets> = {},
): PlaygroundTargets => ({
  items: [target(), hosted()],
  profiles: [{ id: 'customer-care', title: 'Customer care' }],
  profile: 'customer-care',
  purpose: 'experimentation',
  limits: {
    targets: 4,
    promptCharacters: 1000,
    answerTokens: 1024,
    fileBytes: 1_000_000,
    rows: 1000,
    chatsAtOnce: 4,
    chatsPerMinute: 60,
    keepDays: 30,
  },
  scorers: [
    {
      type: 'exact-match',
      title: 'Exact match',
      about: 'The answer is the expected one.',
      needsExpected: true,
      byDefault: true,
    },
    {
      type: 'json-schema',
      title: 'JSON Schema',
      about: 'The answer is JSON.',
      needsExpected: false,
      byDefault: false,
    },
  ],
  ...given,
});

export const batch = (
  given: Partial<PlaygroundBatch> = {},
): PlaygroundBatch => ({
  id: 'b1',
  name: 'Capitals',
  fileName: 'capitals.jsonl',
  state: 'finished',
  createdAt: '2026-11-02T10:00:00Z',
  createdBy: 'user:default/dana',
  rows: 3,
  format: 'jsonl',
  digest: 'sha256:abc',
  columns: { prompt: 'question', expected: 'answer' },
  settings: { temperature: 0 },
  scorers: [{ type: 'exact-match' }],
  targets: [
    {
      place: 0,
      target: target(),
      state: 'finished',
      done: 3,
      failed: 0,
      total: 3,
      metrics: [
        {
          name: 'exact_match',
          title: 'Exact match',
          value: 0.667,
          unit: 'ratio',
          interval: [0.2, 0.94],
        },
      ],
      attachedTo: [],
    },
    {
      place: 1,
      target: hosted(),
      state: 'running',
      done: 1,
      failed: 1,
      total: 3,
      metrics: [],
      attachedTo: [],
    },
  ],
  eraseAt: '2999-12-02T10:00:00Z',
  mayCancel: true,
  mayRetry: false,
  ...given,
});

export const row = (given: Partial<PlaygroundRow> = {}): PlaygroundRow => ({
  id: 'r1',
  line: 1,
  prompt: 'Capital of Denmark?',
  expected: 'Copenhagen',
  answers: [
    {
      place: 0,
      state: 'answered',
      text: 'Copenhagen',
      scores: { exact_match: { value: 1 } },
    },
    {
      place: 1,
      state: 'answered',
      text: 'Aarhus',
      scores: { exact_match: { value: 0, note: 'It is not “Copenhagen”.' } },
    },
  ],
  ...given,
});
