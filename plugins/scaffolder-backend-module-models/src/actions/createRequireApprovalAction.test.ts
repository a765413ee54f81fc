import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { AccessDecision } from '@modelhub/backstage-plugin-models-common';
import {
  ALLOWED,
  DIGEST,
  ENTITY,
  governanceThatSays,
} from '../__testUtils__/governance';
import { createRequireApprovalAction } from './createRequireApprovalAction';

async function run(
  decision: AccessDecision,
  input: object = {},
  initiator: BackstageCredentials = mockCredentials.user('user:default/ann'),
) {
  const governance = governanceThatSays(decision);
  const action = createRequireApprovalAction({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities: [ENTITY] }),
    governance: governance.client,
  });
  const output: Record<string, unknown> = {};
  const context = {
    ...createMockActionContext({
      input: {
        entityRef: 'model:acme/tiny',
        tier: 'internal' as const,
        ...input,
      },
    }),
    getInitiatorCredentials: async () => initiator,
    output: (name: string, value: unknown) => {
      output[name] = value;
    },
  };
  await action.handler(context as Parameters<typeof action.handler>[0]);
  return { output, asked: governance.asked };
}

describe('model:approval:require', () => {
  it('says what was approved', async () => {
    const { output } = await run(ALLOWED);
    expect(output).toEqual({
      approvalId: 'approval-1',
      entityRef: 'model:acme/tiny',
      gatewayId: 'acme/tiny',
      version: '1.0',
      digest: DIGEST,
      artifactUri: 'hf://acme/tiny',
      artifactRevision: 'abc123',
      minGpuMemoryGiB: 16,
      expiresAt: '2027-01-01T00:00:00.000Z',
    });
  });

  it('asks on behalf of the person who runs the template', async () => {
    const { asked } = await run(ALLOWED, {
      entityRef: 'acme/tiny',
      purpose: '',
      profile: 'ml',
    });
    expect(asked).toEqual([
      {
        path: '/access/check',
        token: expect.stringContaining('user:default/ann'),
        body: {
          entityRef: 'model:acme/tiny',
          tier: 'internal',
          profile: 'ml',
        },
      },
    ]);
  });

  it('refuses a task that no person runs, whatever was approved', async () => {
    for (const initiator of [
      mockCredentials.service(),
      mockCredentials.none(),
    ]) {
      await expect(run(ALLOWED, {}, initiator)).rejects.toThrow(
        /run the template as a user/,
      );
    }
  });

  it('asks what may be used, and nothing else: it neither requests nor signs', async () => {
    const { asked } = await run(ALLOWED);
    expect(asked.map(({ path }) => path)).toEqual(['/access/check']);
  });

  it('refuses what is not approved, and says what to do next', async () => {
    const refused = {
      allowed: false,
      message: 'No live approval covers it.',
      requestUrl: 'http://portal/request',
    };
    await expect(run(refused)).rejects.toThrow(
      /may not be used at tier internal: No live approval covers it\.\nRequest it at http:\/\/portal\/request/,
    );
    await expect(run({ ...refused, requestUrl: undefined })).rejects.toThrow(
      /Request it on the page of the model/,
    );
  });

  it.each<[string, AccessDecision, object, RegExp]>([
    [
      'a model that is not there',
      ALLOWED,
      { entityRef: 'model:acme/nobody' },
      /no model model:acme\/nobody/,
    ],
    [
      'a version that is not in the entity',
      { ...ALLOWED, modelVersion: '9' },
      {},
      /Version 9 .* not in its entity/,
    ],
    [
      'bytes that are not what was approved',
      { ...ALLOWED, digest: `sha256:${'b'.repeat(64)}` },
      {},
      /request approval of the new bytes/,
    ],
  ])('refuses %s', async (_, decision, input, message) => {
    await expect(run(decision, input)).rejects.toThrow(message);
  });
});
