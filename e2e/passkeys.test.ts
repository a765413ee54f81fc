import { expect, type Page, test } from '@playwright/test';
import type {
  Approval,
  ApprovalDetail,
} from '@modelhub/backstage-plugin-models-common';
import type { StepUpEvidence } from '@modelhub/governance-protocol';
import { createRequire } from 'node:module';
import { type Portal, signIn, startPortal } from './harness';
import { Api } from './support/api';
import { forged, VirtualAuthenticator } from './support/authenticator';
import { gatewayClient, statusOf, streamed, timeUntil } from './support/calls';
import { createShots } from './support/shots';

// In this repository the package is CommonJS in TypeScript, which has no named
// exports for a module that is imported.
const { verifyStepUpEvidence } = createRequire(import.meta.url)(
  '@modelhub/governance-protocol',
) as typeof import('@modelhub/governance-protocol');

const HOSTED = 'mistralai/mistral-large-3';
const OPEN = 'microsoft/phi-4';
const SCOPE = { purpose: 'document-summarisation', profile: 'customer-care' };

interface LedgerEvent {
  type: string;
  subject: string;
  payload: {
    revision?: number;
    stepUp?: StepUpEvidence;
    publicKey?: string;
  };
}

/** A person at a browser that has an authenticator. */
interface Person {
  page: Page;
  authenticator: VirtualAuthenticator;
}

test.describe('passkeys', () => {
  test.describe.configure({ timeout: 10 * 60_000 });
  let portal: Portal;
  let ada: Api;
  let dana: Api;

  test.beforeAll(async () => {
    portal = await startPortal();
    ada = await Api.as(portal, 'ada');
    dana = await Api.as(portal, 'dana');
  });

  test.afterAll(async () => {
    await portal?.stop();
  });

  test('confirm decisions in the upper tiers and emergencies', async ({
    browser,
  }, testInfo) => {
    const shot = createShots('passkeys', testInfo);
    const as = async (name: string): Promise<Person> => {
      const context = await browser.newContext({
        viewport: { width: 1366, height: 900 },
      });
      const page = await context.newPage();
      const authenticator = await VirtualAuthenticator.plugIn(page);
      await signIn(page, portal, name);
      return { page, authenticator };
    };
    const open = (page: Page, id: string) =>
      page.goto(`${portal.url}/model-governance/approvals/${id}`);
    const invite = (user: string) =>
      ada.call('POST', 'model-governance/passkeys/invitations', {
        body: { user: `user:default/${user}` },
      });
    const enrol = async ({ page }: Person, device: string) => {
      await page.goto(`${portal.url}/model-governance/passkeys`);
      await page.getByRole('button', { name: 'Enrol passkey' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill(device);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'Enrol', exact: true })
        .click();
      await expect(
        page.getByRole('cell', { name: device, exact: true }),
      ).toBeVisible();
    };
    const approve = async (page: Page, role: string) => {
      await page.getByRole('button', { name: `Approve as ${role}` }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'Approve with passkey' })
        .click();
    };
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
    const ines = await as('Ines Iversen');

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
      const admin = await as('Ada Admin');
      await admin.page.goto(`${portal.url}/model-governance/passkeys`);
      await admin.page.getByLabel('User', { exact: true }).fill('ines');
      await admin.page.getByRole('button', { name: 'Invite' }).click();
      await expect(
        admin.page
          .getByRole('table', { name: 'Passkey invitations' })
          .getByText('Ines Iversen'),
      ).toBeVisible();
      await shot(admin.page, 'invited');
      await admin.page.context().close();

      await ines.page.reload();
      await expect(ines.page.getByText(/You are invited/)).toBeVisible();
      await enrol(ines, 'Laptop of Ines');
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

    const lara = await as('Lara Lindqvist');
    await test.step('another authenticator is refused', async () => {
      await invite('lara');
      await enrol(lara, 'Phone of Lara');
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
      const opened = await timeUntil(() => streamed(client, HOSTED), 10_000);
      console.log(`passkey to streamed 200: ${Math.round(opened)} ms`);
      await shot(page, 'approved');
    });

    await test.step('regulated wants two people of security', async () => {
      const regulated = await request({
        entityRef: 'model:meta/llama-3.3-70b-instruct',
        modelVersion: 'q4-k-m',
        tier: 'regulated',
      });
      await open(ines.page, regulated);
      await expect(ines.page.getByText(/^security: 0 of 2/i)).toBeVisible();
      await approve(ines.page, 'security');
      await expect(ines.page.getByText(/^security: 1 of 2/i)).toBeVisible();
      await expect(
        ines.page.getByRole('button', { name: 'Approve as security' }),
      ).toHaveCount(0);
      await shot(ines.page, 'one-of-two');

      await invite('tom');
      const tom = await as('Tom Tanaka');
      await enrol(tom, 'Laptop of Tom');
      await open(tom.page, regulated);
      await approve(tom.page, 'security');
      await expect(tom.page.getByText(/^security: 2 of 2/i)).toBeVisible();
      await expect(
        tom.page.getByText(/Waiting for team lead, legal and risk/),
      ).toBeVisible();
      await shot(tom.page, 'two-of-two');
      await tom.page.context().close();
    });

    await test.step('an emergency opens at once for 72 hours', async () => {
      expect(await statusOf(client, OPEN)).toBe(403);
      await invite('erin');
      const erin = await as('Erin Emery');
      await enrol(erin, 'Key of Erin');
      const { page } = erin;
      await page.goto(`${portal.url}/catalog/microsoft/model/phi-4`);
      await page
        .getByRole('tab', { name: 'Approvals and versions' })
        .or(page.getByRole('link', { name: 'Approvals and versions' }))
        .first()
        .click();
      await page.getByRole('button', { name: 'Emergency access…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Version').selectOption('q4-k-m');
      await dialog.getByLabel('Tier').selectOption('customer-facing');
      await dialog.getByLabel('Purpose').selectOption(SCOPE.purpose);
      await dialog.getByLabel('Access profile').selectOption(SCOPE.profile);
      await dialog
        .getByLabel('Reason')
        .fill('The model that answers customers is down at its provider.');
      await shot(page, 'emergency-dialog');
      await dialog.getByRole('button', { name: 'Open with passkey' }).click();
      await page.waitForURL(/\/model-governance\/approvals\/[\w-]{36}/);
      const emergency = page.url().split('/').pop()!;
      await timeUntil(() => streamed(client, OPEN), 10_000);
      await expect(page.getByText('Emergency approval')).toBeVisible();
      await shot(page, 'emergency-opened');
      // Who opened it does not review it.
      await expect(
        page.getByRole('button', { name: 'Justified…' }),
      ).toHaveCount(0);
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
      await page.context().close();
    });

    await test.step('the ledger keeps the assertions, and they verify offline', async () => {
      const verification = await ada.call<{ ok: boolean }>(
        'GET',
        'model-governance/ledger/verification',
      );
      expect(verification).toMatchObject({ ok: true });
      const lines = await ada.text('model-governance/ledger/export');
      const events = lines
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as LedgerEvent);
      const enrolled = events
        .filter(({ type }) => type === 'passkey.enrolled')
        .map(({ payload }) => payload.publicKey);
      expect(enrolled).toHaveLength(4);
      const confirmed = events.filter(({ payload }) => payload.stepUp);
      expect(confirmed.map(({ type }) => type)).toEqual([
        'approval.signed',
        'approval.signed',
        'approval.signed',
        'approval.signed',
        'approval.emergency-opened',
      ]);
      for (const { payload } of confirmed) {
        expect(enrolled).toContain(payload.stepUp?.publicKey);
      }
      const [signed] = confirmed;
      const userRef = 'user:default/ines';
      const payload = {
        id,
        command: 'approve',
        role: 'security',
        revision: signed.payload.revision! - 1,
      };
      const evidence = signed.payload.stepUp!;
      expect(verifyStepUpEvidence(evidence, { userRef, payload })).toEqual({
        ok: true,
      });
      expect(
        verifyStepUpEvidence(evidence, {
          userRef,
          payload: { ...payload, command: 'reject' },
        }),
      ).toMatchObject({ ok: false });

      const admin = await as('Ada Admin');
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
