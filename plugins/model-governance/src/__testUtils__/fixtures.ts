import type {
  ApprovalDetail,
  ApprovalPreview,
  Checklist,
  CommandOption,
  Demands,
} from '@modelhub/backstage-plugin-models-common';

export const demands: Demands = {
  tier: 'internal',
  policyVersion: 'sha256:p1',
  expiresAfterDays: 180,
  gates: [
    {
      id: 'card-completeness',
      title: 'Model card completeness',
      required: true,
    },
  ],
  signOffs: [
    {
      role: 'lead',
      quorum: 1,
      groups: ['group:default/checkout'],
      people: ['user:default/lee'],
      secondFactor: false,
    },
  ],
};

export function option(
  command: CommandOption['command'],
  rest: Partial<CommandOption> = {},
): CommandOption {
  return {
    command,
    allowed: true,
    needsReason: false,
    needsStepUp: false,
    ...rest,
  };
}

export function refused(
  command: CommandOption['command'],
  code: string,
  message: string,
  rest: Partial<CommandOption> = {},
): CommandOption {
  return option(command, {
    allowed: false,
    refusal: { code, message },
    ...rest,
  });
}

export function approval(rest: Partial<ApprovalDetail> = {}): ApprovalDetail {
  return {
    id: 'a1',
    kind: 'standard',
    state: 'in-review',
    revision: 7,
    entityRef: 'model:meta/llama',
    title: 'Llama',
    gatewayId: 'meta/llama',
    provider: 'meta',
    modelVersion: '1.0',
    digest: 'sha256:abc',
    policyVersion: 'sha256:p1',
    tier: 'internal',
    purpose: 'summaries',
    profile: 'checkout',
    justification: 'We summarise tickets.',
    requester: 'user:default/dana',
    createdAt: '2026-05-01T10:00:00Z',
    updatedAt: '2026-05-01T10:00:00Z',
    waitingSince: '2026-05-01T10:00:00Z',
    waitingFor: ['lead'],
    demands,
    gates: [],
    signOffs: [],
    holds: [],
    commands: [],
    ...rest,
  };
}

export const preview: ApprovalPreview = {
  demands,
  problems: [],
  versions: [
    { name: '0.9', pinned: false, missing: 'Add the artifact digest.' },
    { name: '1.0', pinned: true, pin: 'sha256:abc' },
  ],
};

export function checklist(rest: Partial<Checklist> = {}): Checklist {
  return {
    entityRef: 'model:meta/llama',
    modelVersion: '1.0',
    tier: 'internal',
    purpose: 'summaries',
    profile: 'checkout',
    policyVersion: 'sha256:p1',
    expiresAfterDays: 180,
    ready: true,
    counts: { total: 2, done: 0, itself: 1, owed: 1, failing: 0 },
    items: [
      {
        id: 'gate:card-completeness',
        group: 'checks',
        title: 'Model card completeness',
        required: true,
        state: 'itself',
        gateId: 'card-completeness',
      },
      {
        id: 'sign-off:lead',
        group: 'people',
        title: 'A sign-off as team lead',
        required: true,
        state: 'owed',
        role: 'lead',
        quorum: 1,
        given: 0,
        owes: {
          party: 'signer',
          people: ['user:default/lee'],
          groups: ['group:default/checkout'],
        },
        howTo: ['They find the request in their queue.'],
      },
    ],
    ...rest,
  };
}

/** Where the checklist of the model of these fixtures is asked for. */
export const CHECKLIST = 'GET /models/meta/llama/checklist';
