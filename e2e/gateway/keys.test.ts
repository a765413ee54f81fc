import { expect, type Page } from '@playwright/test';
import { test } from '../shared';
import {
  ask,
  gatewayClient,
  refusalOf,
  statusOf,
  timeUntil,
} from '../support/calls';
import { MODEL, OTHER_MODEL, PURPOSE, startPilot } from '../support/pilot';
import { createShots } from '../support/shots';

const PROFILE = { id: 'pilot-keys', title: 'Pilot of keys' };
const KEY = 'Pilot key';

/** The secret in the dialog that shows it once, which is left as one does. */
async function storeSecret(page: Page): Promise<string> {
  const shown = page.getByLabel('Gateway key', { exact: true });
  const secret = (await shown.textContent()) ?? '';
  expect(secret).toMatch(/^mh_[\w-]{43}$/);
  await page.getByRole('button', { name: 'Copy Gateway key' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    secret,
  );
  const done = page.getByRole('button', { name: 'Done' });
  await expect(done).toBeDisabled();
  await page.getByLabel('I stored it').check();
  await done.click();
  await expect(page.getByText(secret)).toHaveCount(0);
  return secret;
}

test.describe('gateway keys', () => {
  test('are shown once, rotated with overlap, and revoked', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('gateway-keys', testInfo);
    await startPilot(portal, PROFILE);
    const { page } = await people.as('Dana Developer');
    await page
      .context()
      .grantPermissions(['clipboard-read', 'clipboard-write'], {
        origin: portal.url,
      });
    const client = (secret: string) => gatewayClient(portal, secret);
    const state = page
      .getByRole('table', { name: 'Gateway keys' })
      .getByRole('row')
      .filter({ hasText: KEY });

    const first = await test.step('issue', async () => {
      await page.goto(`${portal.url}/model-governance/gateways`);
      await page.getByRole('button', { name: 'Issue key' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill(KEY);
      await dialog.getByLabel('Access profile').selectOption(PROFILE.id);
      await dialog.getByLabel('Purpose').selectOption(PURPOSE);
      await dialog.getByLabel('Tier').selectOption('sandbox');
      await dialog.getByRole('button', { name: 'Issue' }).click();
      const secret = await storeSecret(page);
      await page.reload();
      await expect(state).toContainText('Valid');
      await expect(page.getByText(secret)).toHaveCount(0);
      await shot(page, 'issued');
      await timeUntil(() => ask(client(secret), MODEL.gatewayId), 60_000);
      expect(await refusalOf(ask(client(secret), OTHER_MODEL))).toEqual({
        status: 403,
        code: 'model_not_approved',
      });
      return secret;
    });

    const rotate = async (overlap: string) => {
      await page.getByRole('button', { name: `Rotate key ${KEY}…` }).click();
      await page
        .getByLabel(/^The secret of today/)
        .selectOption({ label: overlap });
      await shot(page, 'rotate');
      await page.getByRole('button', { name: 'Rotate', exact: true }).click();
      const secret = await storeSecret(page);
      await timeUntil(() => ask(client(secret), MODEL.gatewayId), 60_000);
      return secret;
    };
    const ends = async (secret: string) => {
      const ms = await timeUntil(
        async () =>
          expect(await statusOf(client(secret), MODEL.gatewayId)).toBe(401),
        60_000,
      );
      console.log(`end of a secret to 401: ${Math.round(ms)} ms`);
      expect(ms).toBeLessThan(2_000);
    };

    const second = await test.step('rotate with overlap', async () => {
      const secret = await rotate('Holds for an hour');
      expect(await statusOf(client(first), MODEL.gatewayId)).toBe(200);
      await expect(state).toContainText(`Valid; …${first.slice(-4)} ends in`);
      await shot(page, 'rotated');
      return secret;
    });

    const third = await test.step('end the old ones', async () => {
      const secret = await rotate('Ends at once');
      await ends(first);
      await ends(second);
      await expect(state).not.toContainText('ends in');
      return secret;
    });

    await test.step('revoke', async () => {
      await page.getByRole('button', { name: `Revoke key ${KEY}…` }).click();
      await page.getByRole('button', { name: 'Revoke', exact: true }).click();
      await ends(third);
      await expect(state).toContainText('Revoked');
      await expect(
        page.getByRole('button', { name: `Rotate key ${KEY}…` }),
      ).toHaveCount(0);
      await shot(page, 'revoked');
    });
  });
});
