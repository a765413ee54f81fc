import { expect } from '@playwright/test';
import type { ApprovalDetail } from '@modelhub/backstage-plugin-models-common';
import { portalTest } from './shared';
import { Api } from './support/api';
import { expectAccessible } from './support/axe';
import { ask, gatewayClient, refusalOf, statusOf } from './support/calls';
import { createShots } from './support/shots';

const MODEL = 'probe/quiet-helper';
const PURPOSE = 'document-summarisation';

/** Whose card says too little for internal use. */
const model = {
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: {
    namespace: 'probe',
    name: 'quiet-helper',
    title: 'Quiet helper',
    annotations: { 'backstage.io/edit-url': 'https://git.example.com/edit' },
  },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/ml-platform',
    provider: 'probe',
    gatewayId: MODEL,
    license: { id: 'apache-2.0' },
    data: { regions: ['eu'], retentionDays: 0 },
    versions: [
      {
        name: '1',
        providerModelId: 'quiet-helper',
        snapshot: '2026-10-01',
      },
    ],
  },
};

/** A portal of its own: with a model that no other test wants. */
const test = portalTest(() => ({ entities: [model] }));

test.describe('the checklist and a waiver', () => {
  test.describe.configure({ timeout: 8 * 60_000 });

  test('say before a request what fails, and end what rests on a waiver', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('checklist', testInfo);
    const { page: dana } = await people.as('Dana Developer');
    const { page: ines } = await people.as('Ines Iversen');
    const { page: priya } = await people.as('Priya Patel');
    // Before anything is sent.
    const query = new URLSearchParams({
      entityRef: `model:${MODEL}`,
      purpose: PURPOSE,
      profile: 'customer-care',
    });
    const asDana = await Api.as(portal, 'dana');
    await expect
      .poll(
        async () =>
          (
            await asDana.send(
              'GET',
              'catalog/entities/by-name/model/probe/quiet-helper',
            )
          ).status,
        { timeout: 60_000 },
      )
      .toBe(200);
    await dana.goto(`${portal.url}/model-governance/request?${query}`);
    await expect(dana.getByText(/^Pinned to/)).toBeVisible({ timeout: 30_000 });
    await dana.getByRole('radio', { name: /^Internal/ }).check();
    const list = dana.getByRole('group', { name: 'What the policy asks for' });
    const card = list.locator('[data-item="gate:model-card"]');
    await expect(card.getByText('Would not pass')).toBeVisible();
    await expect(
      card.getByRole('link', { name: /Edit the model/ }),
    ).toBeVisible();
    await expect(
      list.locator('[data-item="gate:ownership"]').getByText('Would pass now'),
    ).toBeVisible();
    await expect(
      list.locator('[data-item="sign-off:lead"]').getByText(/Priya Patel/),
    ).toBeVisible();
    await shot(dana, 'before-the-request');
    await expectAccessible(dana, 'a request with its checklist');

    // Asked all the same: the check says what it said before.
    await dana
      .getByLabel('Justification')
      .fill('Short summaries of long tickets for the people of the desk.');
    await dana.getByRole('button', { name: 'Submit request' }).click();
    await dana.waitForURL(/\/model-governance\/approvals\/[\w-]{36}/);
    const id = dana.url().split('/').at(-1)!;
    const approvalOf = () =>
      asDana.call<ApprovalDetail>('GET', `model-governance/approvals/${id}`);
    const row = (page: typeof dana) =>
      page.getByRole('article', { name: 'Model card' });
    await expect(row(dana).getByText('Failed')).toBeVisible({
      timeout: 60_000,
    });
    await shot(dana, 'the-check-failed');

    // Who owns the model waives nothing; a reviewer does, for a reason and a while.
    const owner = await Api.as(portal, 'priya');
    const refused = await owner.send<{ error: { message: string } }>(
      'POST',
      `model-governance/approvals/${id}/gates/model-card/waiver`,
      {
        body: {
          reason: 'We know our own model well enough.',
          until: new Date(Date.now() + 86_400_000).toISOString(),
        },
      },
    );
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('owns the model');
    await ines.goto(`${portal.url}/model-governance/approvals/${id}`);
    await expect(
      ines
        .getByRole('group', { name: 'Checklist', exact: true })
        .locator('[data-item="gate:model-card"]')
        .getByText('Does not pass'),
    ).toBeVisible();
    await row(ines).getByRole('button', { name: 'Waive Model card…' }).click();
    const dialog = ines.getByRole('dialog');
    await dialog
      .getByLabel('Reason')
      .fill('The card is being written; the pilot may begin.');
    await dialog
      .getByLabel('Until')
      .fill(new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10));
    await shot(ines, 'giving-the-waiver');
    await dialog.getByRole('button', { name: 'Waive' }).click();
    await expect(row(ines).getByText('Waived', { exact: true })).toBeVisible();

    // It lets the request through.
    await dana.getByRole('button', { name: /^Submit/ }).click();
    const again = dana.getByRole('dialog');
    if (await again.isVisible().catch(() => false)) {
      await again.getByRole('button', { name: /^Submit/ }).click();
    }
    await expect
      .poll(async () => (await approvalOf()).state, { timeout: 60_000 })
      .toBe('in-review');
    await priya.goto(`${portal.url}/model-governance/approvals/${id}`);
    const waivedItem = priya
      .getByRole('group', { name: 'Checklist', exact: true })
      .locator('[data-item="gate:model-card"]');
    await expect(waivedItem).toContainText('Waived by Ines Iversen');
    await shot(priya, 'what-the-lead-sees');
    await expectAccessible(priya, 'a request that rests on a waiver');
    const lead = await Api.as(portal, 'priya');
    await lead.call('POST', `model-governance/approvals/${id}/commands`, {
      body: {
        command: 'approve',
        role: 'lead',
        revision: (await approvalOf()).revision,
      },
    });
    const key = await asDana.call<{ secret: string }>(
      'POST',
      'model-governance/keys',
      {
        body: {
          name: 'Pilot',
          profile: 'customer-care',
          purpose: PURPOSE,
          tier: 'internal',
        },
      },
    );
    const client = gatewayClient(portal, key.secret);
    await expect
      .poll(() => statusOf(client, MODEL), { timeout: 30_000 })
      .toBe(200);

    // In the open, with what rests on it.
    await ines.goto(`${portal.url}/model-governance/waivers`);
    const waivers = ines.getByRole('table', { name: 'Waivers' });
    const entry = waivers.getByRole('row').filter({ hasText: 'Quiet helper' });
    await expect(entry).toContainText('Ends soon');
    await expect(entry).toContainText('A live approval');
    await expect(entry).toContainText('The card is being written');
    await shot(ines, 'waivers-ageing');
    await expectAccessible(ines, 'the list of waivers');
    await ines.getByRole('tab', { name: 'Exceptions in policies' }).click();
    await expect(ines.getByText('There is no exception')).toBeVisible();

    // The card of the model says what it proved and what the next tier asks.
    await dana.goto(`${portal.url}/catalog/probe/model/quiet-helper/approvals`);
    const proof = dana.getByRole('region', {
      name: 'What it has proved, tier by tier',
    });
    await proof.getByRole('tab', { name: 'Internal, approved' }).click();
    await expect(proof.getByText(/Waived by/)).toBeVisible();
    await proof.getByRole('tab', { name: 'Customer-facing' }).click();
    await expect(proof.getByText('A sign-off as legal')).toBeVisible();
    await shot(dana, 'proved-tier-by-tier');
    await expectAccessible(dana, 'what a version has proved');

    // A shorter one takes its place, and it ends: the gateway refuses, and says so.
    const security = await Api.as(portal, 'ines');
    await security.call(
      'POST',
      `model-governance/approvals/${id}/gates/model-card/waiver`,
      {
        body: {
          reason: 'Only until the end of this test.',
          until: new Date(Date.now() + 8000).toISOString(),
        },
      },
    );
    await expect
      .poll(() => statusOf(client, MODEL), { timeout: 60_000 })
      .toBe(403);
    expect(await refusalOf(ask(client, MODEL))).toMatchObject({ status: 403 });
    await expect
      .poll(async () => (await approvalOf()).state, { timeout: 60_000 })
      .toBe('suspended');
    await dana.goto(`${portal.url}/model-governance/approvals/${id}`);
    await expect(dana.getByText(/^A waiver ended, by Model Hub/)).toBeVisible();
    await expect(
      dana.getByText(/without it “Model card” does not pass/).first(),
    ).toBeVisible();
    await shot(dana, 'suspended');
    await ines.goto(`${portal.url}/model-governance/waivers?state=ended`);
    await expect(
      ines.getByRole('table', { name: 'Waivers' }).getByText('Renewed'),
    ).toBeVisible();
    await expect(
      ines
        .getByRole('table', { name: 'Waivers' })
        .getByText(/Its time was over/),
    ).toBeVisible();
    await shot(ines, 'waivers-ended');
  });
});
