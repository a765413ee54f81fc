import type {
  ApprovalDetail,
  ApprovalPreview,
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
