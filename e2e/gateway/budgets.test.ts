import { expect } from '@playwright/test';
import type { Spending } from '@modelhub/backstage-plugin-models-common';
import { test } from '../shared';
import { Api } from '../support/api';
import { expectAccessible } from '../support/axe';
import { ask, gatewayClient, refusalOf, timeUntil } from '../support/calls';
import { issueKey, MODEL, OTHER_MODEL, startPilot } from '../support/pilot';
import { createShots } from '../support/shots';

const BUDGET = { id: 'pilot-budget', title: 'Pilot of budgets' };
const WATCHED = { id: 'pilot-watched', title: 'Pilot of watching' };

test.describe('budgets and modes', () => {
  test('a budget is set, warns its owner, and ends calls', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('gateway-budget', testInfo);
    await startPilot(portal, BUDGET);
    const secret = await issueKey(portal, BUDGET.id, 'Budget bot');
    const client = gatewayClient(portal, secret);
    const call = () => ask(client, MODEL.gatewayId, { max_tokens: 20 });
    await timeUntil(call, 60_000);

    // What one call costs, as the portal knows it.
    const dana = await Api.as(portal, 'dana');
    const spent = async () => {
      const { items } = await dana.call<{ items: Spending[] }>(
        'GET',
        'model-usage/spending?kind=profile',
      );
      return items.find(({ subject }) => subject === BUDGET.id)?.costs[0]
        ?.amount;
    };
    await expect.poll(spent, { timeout: 60_000 }).toBeGreaterThan(0);
    const cost = (await spent())!;

    const { page: ada } = await people.as('Ada Admin');
    await ada.goto(`${portal.url}/model-usage`);
    await ada.getByRole('button', { name: 'Set budget…' }).click();
    const dialog = ada.getByRole('dialog');
    await dialog.getByLabel('Access profile').selectOption(BUDGET.id);
    await dialog.getByLabel('Amount a month').fill((cost * 10).toFixed(6));
    await dialog.getByLabel('Currency').fill('USD');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const row = ada.getByRole('row').filter({ hasText: BUDGET.title });
    await expect(row.getByRole('meter')).toHaveAttribute(
      'aria-valuenow',
      /^(9|10)$/,
    );
    await shot(ada, 'budget-set');

    const { page } = await people.as('Dana Developer');
    await page.goto(`${portal.url}/model-usage/budgets/profile/${BUDGET.id}`);
    await expect(
      page.getByRole('heading', { level: 1, name: BUDGET.title }),
    ).toBeVisible();
    const chip = (name: string) =>
      page.getByRole('listitem').filter({ hasText: name });

    await test.step('half', async () => {
      for (let n = 1; n < 6; n++) await call();
      // The page follows by itself.
      await expect(chip('50 %')).toBeVisible({ timeout: 60_000 });
      await shot(page, 'half');
    });
    await test.step('nearly all', async () => {
      for (let n = 6; n < 8; n++) await call();
      await expect(chip('80 %')).toBeVisible({ timeout: 60_000 });
    });
    await test.step('all', async () => {
      let refused: Awaited<ReturnType<typeof refusalOf>> | undefined;
      for (let n = 8; n < 40 && !refused; n++) {
        refused = await refusalOf(call()).catch(() => undefined);
      }
      expect(refused).toEqual({ status: 429, code: 'insufficient_quota' });
      await expect(chip('Used up')).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(/^Used up: gateways refuse/)).toBeVisible();
      await shot(page, 'used-up');
      await expectAccessible(page, 'the spending of a profile');
    });

    await test.step('its owner was told', async () => {
      await page.goto(`${portal.url}/notifications`);
      const title = (words: string) =>
        page.getByText(
          new RegExp(
            `${words}.*access profile ${BUDGET.title}|access profile ${BUDGET.title}.*${words}`,
          ),
        );
      for (const words of ['50 %', '80 %', 'used up']) {
        await expect(title(words).first()).toBeVisible();
      }
      await shot(page, 'notifications');
      await title('used up').first().click();
      await page.waitForURL(
        new RegExp(`/model-usage/budgets/profile/${BUDGET.id}$`),
      );
    });

    await test.step('a larger budget lets calls pass again', async () => {
      await ada
        .getByRole('button', { name: `Change the budget of ${BUDGET.title}…` })
        .click();
      await dialog.getByLabel('Amount a month').fill('5');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(row).toContainText('of $5.00');
      await timeUntil(call, 60_000);
      await expect(page.getByText(/^Used up: gateways refuse/)).toHaveCount(0, {
        timeout: 60_000,
      });
    });
  });

  test('a profile enforces, after its manager read what that refuses', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('gateway-enforcement', testInfo);
    await startPilot(portal, { ...WATCHED, enforcement: 'observe' });
    const secret = await issueKey(portal, WATCHED.id, 'Watched bot');
    const client = gatewayClient(portal, secret);
    await timeUntil(() => ask(client, MODEL.gatewayId), 60_000);
    // Nothing covers these, and they pass.
    for (let n = 0; n < 3; n++) await ask(client, OTHER_MODEL);

    const { page: ada } = await people.as('Ada Admin');
    await ada.goto(`${portal.url}/model-usage/enforcement`);
    const row = ada.getByRole('row').filter({ hasText: WATCHED.title });
    await expect(row.getByRole('cell').nth(2)).toHaveText('3', {
      timeout: 60_000,
    });
    await shot(ada, 'profiles');
    await expectAccessible(ada, 'what enforcing would refuse');
    await row.getByRole('link', { name: WATCHED.title }).click();
    const report = ada.getByRole('table', { name: /no approval covers$/ });
    await expect(report.getByRole('link', { name: 'GPT-4o' })).toBeVisible();
    await expect(report).toContainText('Watched bot');
    await shot(ada, 'report');
    await expectAccessible(ada, 'what enforcing would refuse of a profile');

    await test.step('without a mouse', async () => {
      await ada.getByRole('button', { name: 'Change mode…' }).focus();
      await ada.keyboard.press('Enter');
      await expect(ada.getByRole('radio', { name: /^Observe/ })).toBeFocused();
      await ada.keyboard.press('ArrowUp');
      await expect(ada.getByRole('radio', { name: /^Enforce/ })).toBeChecked();
      await expect(
        ada.getByText(/would have refused 3 calls .* to 1 model, by 1 caller/),
      ).toBeVisible();
      await expect(ada.getByRole('button', { name: 'Enforce' })).toBeDisabled();
      await expectAccessible(ada, 'the warning before a profile enforces');
      await shot(ada, 'warning');
      await ada.keyboard.press('Tab');
      await ada.keyboard.press('Space');
      await expect(
        ada.getByLabel(/^I know that calls like these are refused/),
      ).toBeChecked();
      const enforce = ada.getByRole('button', { name: 'Enforce' });
      await ada.keyboard.press('Tab');
      await ada.keyboard.press('Tab');
      await expect(enforce).toBeFocused();
      await ada.keyboard.press('Enter');
      await expect(ada.getByRole('dialog')).toHaveCount(0);
    });
    await expect(
      ada.getByText('What is not approved is refused with 403.'),
    ).toBeVisible();
    await timeUntil(
      async () =>
        expect(await refusalOf(ask(client, OTHER_MODEL))).toEqual({
          status: 403,
          code: 'model_not_approved',
        }),
      60_000,
    );
    await ask(client, MODEL.gatewayId);
  });
});
