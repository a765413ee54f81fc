import { FakeBackend } from '../../__testUtils__/FakeBackend';

export const text = 'tier: sandbox\nexpiresAfterDays: 30\n';
export const after = 'tier: sandbox\nexpiresAfterDays: 20\n';
export const files = {
  manage: 'portal',
  folder: 'policies',
  version: `sha256:${'a'.repeat(64)}`,
  hash: 'sha256:0',
  files: [
    { name: 'internal.yaml', content: 'tier: internal\n' },
    { name: 'sandbox.yaml', content: text },
  ],
  conflicts: [],
  mayPropose: true,
  mayActivate: true,
};
export const proposal = {
  id: 'p1',
  title: 'Shorter trials',
  reason: 'Nobody tries a model out for a month.',
  author: 'user:default/priya',
  state: 'open',
  revision: 3,
  baseVersion: files.version,
  files: ['sandbox.yaml'],
  createdAt: '2026-05-01T10:00:00Z',
  updatedAt: '2026-05-01T10:00:00Z',
};
export const may = (...allowed: string[]) =>
  ['edit', 'rebase', 'withdraw', 'activate'].map(command => ({
    command,
    allowed: allowed.includes(command),
    ...(!allowed.includes(command) && {
      refusal: { code: 'no', message: `No ${command} for you.` },
    }),
  }));
export const detail = (commands: string[], more: object = {}) => ({
  proposal: { ...proposal, ...more },
  changes: [{ name: 'sandbox.yaml', before: text, after }],
  commands: may(...commands),
});
export const good = {
  valid: true,
  version: 'sha256:next',
  baseVersion: files.version,
  errors: [],
  tests: [{ file: 'tests/a.yaml', name: 'A trial', differences: [] }],
  uncovered: [],
  changes: [
    {
      tier: 'sandbox',
      items: [{ effect: 'stricter', text: 'Approvals end after 20 days.' }],
    },
  ],
};
export const replay = {
  version: 'sha256:next',
  baseVersion: files.version,
  at: '2026-05-01T10:00:00Z',
  approvals: {
    looked: 4,
    ends: 1,
    stricter: 0,
    looser: 0,
    unchanged: 3,
    unknown: 0,
    items: [
      {
        id: 'a1',
        entityRef: 'model:meta/llama',
        title: 'Llama',
        version: '1.0',
        tier: 'sandbox',
        purpose: 'support',
        profile: 'care',
        effect: 'ends',
        reasons: [{ code: 'life-over', message: 'Its life was over.' }],
      },
    ],
  },
  calls: {
    known: true,
    looked: 12,
    wouldBeRefused: 5,
    byModel: [
      {
        gatewayId: 'meta/llama',
        profile: 'care',
        purpose: 'support',
        tier: 'sandbox',
        calls: 5,
        reason: 'Its life was over.',
        lastAt: '2026-04-30T10:00:00Z',
      },
    ],
    from: '2026-02-01T10:00:00Z',
    to: '2026-05-01T10:00:00Z',
  },
};

export const backend = (found: object = detail(['edit', 'withdraw'])) =>
  new FakeBackend()
    .on('GET /policies/files', files)
    .on('GET /policies/proposals', {
      items: [proposal],
      totalItems: 1,
    })
    .on('GET /policies/proposals/p1', found)
    .on('POST /policies/check', good)
    .on('POST /policies/replay', replay);
