import { expect, type Page } from '@playwright/test';
import { test } from './shared';
import { Api } from './support/api';
import { expectSigned, ledgerOf } from './support/assertions';
import { gatewayClient, statusOf, streamed, timeUntil } from './support/calls';
import { approveWithPasskey } from './support/people';
import { createShots } from './support/shots';

const MODEL = 'meta/llama-3.3-70b-instruct';
const VERSION = 'q4-k-m';
const SCOPE = { purpose: 'document-summarisation', profile: 'customer-care' };

/** Whom the tier asks for, in the order in which they sign here. */
const SIGNERS = [
  { name: 'Priya Patel', user: 'priya', role: 'lead' },
  { name: 'Ines Iversen', user: 'ines', role: 'security' },
  { name: 'Tom Tanaka', user: 'tom', role: 'security' },
  { name: 'Lara Lindqvist', user: 'lara', role: 'legal' },
  { name: 'Ravi Rao', user: 'ravi', role: 'risk' },
];

const decisions = (page: Page) =>
  page.getByRole('button', { name: /^(Approve|Reject|Request changes)/ });

test.describe('the tier regulated', () => {
  test.describe.configure({ timeout: 6 * 60_000 });

  test('opens when lead, two of security, legal and risk have signed', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('regulated', testInfo);
    const [ada, api] = await Promise.all([
      Api.as(portal, 'ada'),
      Api.as(portal, 'dana'),
    ]);
    const key = await api.call<{ secret: string }>(
      'POST',
      'model-governance/keys',
      { body: { name: 'Complaints', ...SCOPE, tier: 'regulated' } },
    );
    const client = gatewayClient(portal, key.secret);
    const { page: dana } = await people.as('Dana Developer');

    const id =
      await test.step('a developer asks, and sees what it takes', async () => {
        const query = new URLSearchParams({
          entityRef: `model:${MODEL}`,
          modelVersion: VERSION,
          ...SCOPE,
        });
        await dana.goto(`${portal.url}/model-governance/request?${query}`);
        await dana.getByRole('radio', { name: 'Regulated' }).check();
        await dana
          .getByLabel('Justification')
          .fill('Summaries of complaints, which the supervisor may read.');
        await expect(
          dana.getByText(
            '2 sign-offs as security, by different people, with a passkey',
          ),
        ).toBeVisible();
        await shot(dana, 'request-with-demands');
        await dana.getByRole('button', { name: 'Submit request' }).click();
        await dana.waitForURL(/\/model-governance\/approvals\/[\w-]{36}/);
        await expect(dana.getByText(/^risk: 0 of 1, passkey/i)).toBeVisible();
        await expect(
          dana.getByText('You asked for this, so somebody else has to decide.'),
        ).toBeVisible({ timeout: 30_000 });
        await shot(dana, 'in-review');
        return new URL(dana.url()).pathname.split('/').pop()!;
      });

    await test.step('no button for the requester and the owners', async () => {
      await expect(decisions(dana)).toHaveCount(0);
      for (const name of ['Mel Moreau', 'Kai Keller', 'Sam Steward']) {
        const { page } = await people.as(name);
        await page.goto(`${portal.url}/model-governance/approvals/${id}`);
        await expect(
          page.getByRole('heading', { name: 'What you can do' }),
        ).toBeVisible();
        await expect(decisions(page)).toHaveCount(0);
        if (name === 'Mel Moreau') await shot(page, 'an-owner-meets-no-button');
      }
    });

    for (const [index, { name, role }] of SIGNERS.entries()) {
      await test.step(`${name} signs as ${role}`, async () => {
        expect(await statusOf(client, MODEL)).toBe(403);
        const { page } = await people.withPasskey(name);
        await page.goto(`${portal.url}/model-governance/approvals/${id}`);
        await approveWithPasskey(page, role);
        await expect(page.getByText(/approved, .*with a passkey/)).toHaveCount(
          index + 1,
        );
        // One person fills one role, and that once.
        await expect(decisions(page)).toHaveCount(0);
        await shot(page, `signed-by-${name.split(' ')[0].toLowerCase()}`);
      });
    }

    await test.step('the gateway follows', async () => {
      const opened = await timeUntil(() => streamed(client, MODEL), 60_000);
      console.log(`last of five signatures to 200: ${Math.round(opened)} ms`);
      expect(await statusOf(client, MODEL)).toBe(200);
      await expect(dana.getByText('Approved').first()).toBeVisible();
      await expect(dana.getByText(/May be used/)).toBeVisible();
      await shot(dana, 'approved');
    });

    await test.step('the ledger verifies and shows every assertion', async () => {
      const { page } = await people.as('Ada Admin');
      const query = new URLSearchParams({
        model: `model:${MODEL}`,
        type: 'approval.signed',
      });
      await page.goto(`${portal.url}/model-governance/ledger?${query}`);
      const entries = page.getByRole('list', { name: 'Ledger' });
      await expect(
        entries.getByRole('listitem').filter({ hasText: 'with a passkey' }),
      ).toHaveCount(SIGNERS.length);
      await page.getByRole('button', { name: 'Verify the chain' }).click();
      await expect(
        page.getByText(/The ledger verifies: \d+ events/),
      ).toBeVisible();
      await shot(page, 'ledger');

      const events = await ledgerOf(ada);
      const enrolled = events
        .filter(({ type }) => type === 'passkey.enrolled')
        .map(({ payload }) => payload.publicKey);
      const signatures = events.filter(
        ({ type, subject }) =>
          type === 'approval.signed' && subject === `approval:${id}`,
      );
      expect(signatures).toHaveLength(SIGNERS.length);
      signatures.forEach((event, index) => {
        expectSigned(event, { ...SIGNERS[index], id });
        expect(enrolled).toContain(event.payload.stepUp!.publicKey);
      });
      expect(
        new Set(signatures.map(({ payload }) => payload.stepUp!.publicKey))
          .size,
      ).toBe(SIGNERS.length);
    });
  });
});
