import { expect } from '@playwright/test';
import type {
  AccessProfileInput,
  Approval,
  ApprovalDetail,
  IssuedKey,
} from '@modelhub/backstage-plugin-models-common';
import type { Portal } from '../harness';
import { Api } from './api';

/** A model with a price that checks alone let into the sandbox. */
export const MODEL = {
  gatewayId: 'openai/gpt-6-luna',
  title: 'GPT-6 Luna',
  version: '2026-09-22',
};

/** A model that no pilot may call. */
export const OTHER_MODEL = 'openai/gpt-4o';

/** A purpose that the sandbox is for. */
export const PURPOSE = 'experimentation';

/** An access profile of a test's own, which may call {@link MODEL} in the sandbox. */
export async function startPilot(
  portal: Portal,
  profile: Pick<AccessProfileInput, 'id' | 'title'> &
    Partial<AccessProfileInput>,
): Promise<void> {
  const ada = await Api.as(portal, 'ada');
  await ada.call('POST', 'model-governance/access-profiles', {
    body: {
      owner: 'group:default/customer-care',
      members: ['group:default/customer-care'],
      enforcement: 'enforce',
      ...profile,
    },
  });
  const dana = await Api.as(portal, 'dana');
  const { id } = await dana.call<Approval>(
    'POST',
    'model-governance/approvals',
    {
      body: {
        entityRef: `model:${MODEL.gatewayId}`,
        modelVersion: MODEL.version,
        tier: 'sandbox',
        purpose: PURPOSE,
        profile: profile.id,
        justification: 'A pilot of the desk with public data.',
        submit: true,
      },
    },
  );
  await expect
    .poll(
      async () =>
        (
          await dana.call<ApprovalDetail>(
            'GET',
            `model-governance/approvals/${id}`,
          )
        ).state,
      { timeout: 30_000 },
    )
    .toBe('approved');
}

/** A key of dana's for the pilot, without a browser. */
export async function issueKey(
  portal: Portal,
  profile: string,
  name: string,
): Promise<string> {
  const dana = await Api.as(portal, 'dana');
  const { secret } = await dana.call<IssuedKey>(
    'POST',
    'model-governance/keys',
    { body: { name, profile, purpose: PURPOSE, tier: 'sandbox' } },
  );
  return secret!;
}
