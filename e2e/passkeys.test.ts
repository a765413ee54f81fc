import { expect, type Page } from '@playwright/test';
import type {
  Approval,
  ApprovalDetail,
} from '@modelhub/backstage-plugin-models-common';
import { test } from './shared';
import { Api } from './support/api';
import { expectSigned, ledgerOf } from './support/assertions';
import { forged } from './support/authenticator';
import { gatewayClient, statusOf, streamed, timeUntil } from './support/calls';
import { approveWithPasskey as approve } from './support/people';
import { createShots } from './support/shots';

const HOSTED = 'mistralai/mistral-large-3';
const OPEN = 'microsoft/phi-4';
const SCOPE = { purpose: 'document-summarisation', profile: 'customer-care' };

test.describe('passkeys', () => {
  test.describe.configure({ timeout: 10 * 60_000 });
  test('confirm decisions in the upper tiers and emergencies', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('passkeys', testInfo);
    const ada = await Api.as(portal, 'ada');
    const dana = await Api.as(portal, 'dana');
    const open = (page: Page, id: string) =>
      page.goto(`${portal.url}/model-governance/approvals/${id}`);
    const approvalOf = (id: string) =>
      dana.call<ApprovalDetail>('GET', `model-governance/approvals/${id}`);
    const request = async (body: object) => {
      const { id } = await dana.call<Approval>(
        'POST',
        'model-governance/approvals',
        {
          body: {
            ...SCOPE,
            justification: 'Summaries that customers read in their own words.',
            submit: true,
            ...body,
          },
        },
      );
      await expect
        .poll(
          async () => {
            const { state, blockers } = await approvalOf(id);
            return { state, blockers };
          },
          { timeout: 30_000 },
        )
        .toEqual({ state: 'in-review', blockers: [] });
      return id;
    };
    const key = await dana.call<{ secret: string }>(
      'POST',
      'model-governance/keys',
      { body: { name: 'Answers', ...SCOPE, tier: 'customer-facing' } },
    );
    const client = gatewayClient(portal, key.secret);

    const id = await request({
      entityRef: `model:${HOSTED}`,
      modelVersion: '2512',
      tier: 'customer-facing',
    });
    const priya = await Api.as(portal, 'priya');
    await priya.call('POST', `model-governance/approvals/${id}/commands`, {
      body: {
        command: 'approve',
        role: 'lead',
        revision: (await approvalOf(id)).revision,
      },
    });
    const ines = await people.as('Ines Iversen');

    await test.step('without one the page says how to get one', async () => {
      const { page } = ines;
      await open(page, id);
      await expect(page.getByText(/^security: 0 of 1/i)).toBeVisible();
      await approve(page, 'security');
      await expect(page.getByRole('alert')).toContainText(
        /you have not enrolled one yet/,
      );
      await shot(page, 'no-passkey-yet');
      await page.getByRole('link', { name: 'Enrol a passkey' }).click();
      await expect(page.getByText('You have no passkey')).toBeVisible();
      await expect(
        page.getByText(/Ask the administrators for one/),
      ).toBeVisible();
      await expect(
        page.getByRole('button', { name: 'Enrol passkey' }),
      ).toHaveCount(0);
      await shot(page, 'not-invited');
    });

    await test.step('an administrator invites, the person enrols', async () => {
      const admin = await people.as('Ada Admin');
      await admin.page.goto(`${portal.url}/model-governance/passkeys`);
      await admin.page.getByLabel('User', { exact: true }).fill('ines');
      await admin.page.getByRole('button', { name: 'Invite' }).click();
      await expect(
        admin.page
          .getByRole('table', { name: 'Passkey invitations' })
          .getByText('Ines Iversen'),
      ).toBeVisible();
      await shot(admin.page, 'invited');

      await ines.page.reload();
      await expect(ines.page.getByText(/You are invited/)).toBeVisible();
      await people.enrol(ines, 'Laptop of Ines');
      await shot(ines.page, 'enrolled');
      expect(await ines.authenticator.credentials()).toHaveLength(1);
    });

    await test.step('security signs with it', async () => {
      const { page, authenticator } = ines;
      await open(page, id);
      // A device that did not recognise its owner confirms nothing.
      await authenticator.verifiesPerson(false);
      await approve(page, 'security');
      await expect(page.getByRole('alert')).toContainText(/passkey/);
      await authenticator.verifiesPerson(true);
      expect((await approvalOf(id)).signOffs).toHaveLength(1);

      await shot(page, 'not-confirmed');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'Approve with passkey' })
        .click();
      await expect(page.getByText(/^security: 1 of 1/i)).toBeVisible();
      await expect(page.getByText(/approved, .*with a passkey/)).toBeVisible();
      await shot(page, 'security-signed');
    });

    const lara = await people.as('Lara Lindqvist');
    await test.step('another authenticator is refused', async () => {
      await people.invite('lara');
      await people.enrol(lara, 'Phone of Lara');
      const { page, authenticator } = lara;
      const [credential] = await authenticator.credentials();
      await authenticator.replace([forged(credential)]);
      await open(page, id);
      await approve(page, 'legal');
      await expect(page.getByRole('alert')).toContainText(
        /signature of the passkey is wrong/,
      );
      await shot(page, 'another-device-is-refused');
      expect((await approvalOf(id)).state).toBe('in-review');

      await authenticator.replace([credential]);
    });

    await test.step('legal signs, and the gateway follows', async () => {
      expect(await statusOf(client, HOSTED)).toBe(403);
      const { page } = lara;
      await page.reload();
      await approve(page, 'legal');
      await expect(page.getByText(/May be used/)).toBeVisible();
      const opened = await timeUntil(() => streamed(client, HOSTED), 60_000);
      console.log(`passkey to streamed 200: ${Math.round(opened)} ms`);
      await shot(page, 'approved');
    });

    let emergency = '';
    await test.step('an emergency opens at once for 72 hours', async () => {
      expect(await statusOf(client, OPEN)).toBe(403);
      // It stands beside a request of somebody else, which goes on.
      const waiting = await request({
        entityRef: `model:${OPEN}`,
        modelVersion: 'q4-k-m',
        tier: 'customer-facing',
      });
      await people.invite('erin');
      const erin = await people.as('Erin Emery');
      await people.enrol(erin, 'Key of Erin');
      const { page } = erin;
      await page.goto(`${portal.url}/catalog/microsoft/model/phi-4`);
      await page
        .getByRole('tab', { name: 'Approvals and versions' })
        .or(page.getByRole('link', { name: 'Approvals and versions' }))
        .first()
        .click();
      await page.getByRole('button', { name: 'Emergency access…' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByLabel('For the open request')).toContainText(
        `q4-k-m, Customer-facing, ${SCOPE.purpose}, ${SCOPE.profile}`,
      );
      await dialog
        .getByLabel('Reason')
        .fill('The model that answers customers is down at its provider.');
      await shot(page, 'emergency-dialog');
      await dialog.getByRole('button', { name: 'Open with passkey' }).click();
      await page.waitForURL(/\/model-governance\/approvals\/[\w-]{36}/);
      emergency = page.url().split('/').pop()!;
      await timeUntil(() => streamed(client, OPEN), 60_000);
      await expect(page.getByText('Emergency approval')).toBeVisible();
      await shot(page, 'emergency-opened');
      // Who opened it does not review it.
      await expect(
        page.getByRole('button', { name: 'Justified…' }),
      ).toHaveCount(0);
      expect((await approvalOf(waiting)).state).toBe('in-review');
      const opened = await approvalOf(emergency);
      expect(
        Date.parse(opened.expiresAt!) - Date.parse(opened.approvedAt!),
      ).toBe(72 * 3600_000);

      await open(ines.page, emergency);
      await ines.page
        .getByRole('button', { name: 'Justified…', exact: true })
        .click();
      await ines.page
        .getByRole('dialog')
        .getByLabel('Reason')
        .fill('The provider confirmed the outage.');
      await ines.page
        .getByRole('dialog')
        .getByRole('button', { name: 'Keep it' })
        .click();
      await expect(ines.page.getByText(/Reviewed/).first()).toBeVisible();
      await shot(ines.page, 'emergency-reviewed');

      // A passkey that was removed confirms nothing any more.
      await page.goto(`${portal.url}/model-governance/passkeys`);
      await page
        .getByRole('button', { name: 'Remove passkey Key of Erin…' })
        .click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'Remove' })
        .click();
      await expect(page.getByText('You have no passkey')).toBeVisible();
      expect(await erin.authenticator.credentials()).toHaveLength(1);
      const again = await (
        await Api.as(portal, 'erin')
      ).send<{ error: { message: string } }>(
        'POST',
        'model-governance/step-up/challenges',
        { body: { action: 'approval.break-glass', payload: { id: 'any' } } },
      );
      expect(again.status).toBe(403);
      expect(again.body.error.message).toContain('You have no passkey yet');
    });

    await test.step('the ledger keeps the assertions, and they verify offline', async () => {
      const verification = await ada.call<{ ok: boolean }>(
        'GET',
        'model-governance/ledger/verification',
      );
      expect(verification).toMatchObject({ ok: true });
      const events = await ledgerOf(ada);
      const enrolled = events
        .filter(({ type }) => type === 'passkey.enrolled')
        .map(({ payload }) => payload.publicKey);
      const confirmed = events.filter(
        ({ subject, payload }) =>
          payload.stepUp &&
          [id, emergency].some(one => subject === `approval:${one}`),
      );
      expect(confirmed.map(({ type }) => type)).toEqual([
        'approval.signed',
        'approval.signed',
        'approval.emergency-opened',
      ]);
      for (const { payload } of confirmed) {
        expect(enrolled).toContain(payload.stepUp?.publicKey);
      }
      expectSigned(confirmed[0], { user: 'ines', role: 'security', id });
      expectSigned(confirmed[1], { user: 'lara', role: 'legal', id });

      const admin = await people.as('Ada Admin');
      await admin.page.goto(`${portal.url}/model-governance/ledger`);
      await admin.page
        .getByRole('button', { name: 'Verify the chain' })
        .click();
      await expect(
        admin.page.getByText(/The ledger verifies: \d+ events/),
      ).toBeVisible();
      await shot(admin.page, 'ledger');
    });
  });
});
