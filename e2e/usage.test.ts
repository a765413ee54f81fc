import { expect } from '@playwright/test';
import type {
  IssuedKey,
  Spending,
} from '@modelhub/backstage-plugin-models-common';
import fs from 'node:fs';
import { test } from './shared';
import { Api } from './support/api';
import { expectAccessible } from './support/axe';
import { ask, gatewayClient, timeUntil } from './support/calls';
import { MODEL, PURPOSE, startPilot } from './support/pilot';
import { createShots } from './support/shots';

const PROFILE = { id: 'pilot-chargeback', title: 'Pilot of chargeback' };
/** Nobody else has keys in its name. */
const TEAM = 'group:default/legal';

/** Columns of a CSV whose texts have no commas within. */
function column(csv: string, header: string): string[] {
  const [head, ...rows] = csv.trim().split(/\r?\n/);
  const index = head.split(',').indexOf(header);
  expect(index, `${header} in ${head}`).toBeGreaterThanOrEqual(0);
  return rows.map(row => row.split(',')[index].replace(/"/g, ''));
}

test('a team lead meets a budget alarm and exports what to charge', async ({
  portal,
  people,
}, testInfo) => {
  const shot = createShots('usage', testInfo);
  const ada = await Api.as(portal, 'ada');

  const cost = await test.step('the team calls a model', async () => {
    await startPilot(portal, PROFILE);
    const { secret } = await ada.call<IssuedKey>(
      'POST',
      'model-governance/keys',
      {
        body: {
          name: 'Legal bot',
          profile: PROFILE.id,
          purpose: PURPOSE,
          tier: 'sandbox',
          owner: TEAM,
        },
      },
    );
    const client = gatewayClient(portal, secret!);
    await timeUntil(() => ask(client, MODEL.gatewayId), 60_000);
    const spent = async () => {
      const { items } = await ada.call<{ items: Spending[] }>(
        'GET',
        'model-usage/spending?kind=team',
      );
      return items.find(({ subject }) => subject === TEAM)?.costs[0]?.amount;
    };
    await expect.poll(spent, { timeout: 60_000 }).toBeGreaterThan(0);
    const first = (await spent())!;
    await ada.call(
      'PUT',
      `model-usage/budgets/team/${encodeURIComponent(TEAM)}`,
      {
        body: { amount: Number((first * 5).toFixed(6)), currency: 'USD' },
      },
    );
    // Half of it is spent with the third.
    for (let n = 0; n < 2; n++) await ask(client, MODEL.gatewayId);
    return first;
  });
  expect(cost).toBeGreaterThan(0);

  const { page } = await people.as('Lara Lindqvist');
  await test.step('the alarm comes as a notification and leads to the page', async () => {
    await page.goto(`${portal.url}/notifications`);
    const alarm = page
      .getByText(/50 % of the model budget of team legal/)
      .first();
    await expect(alarm).toBeVisible({ timeout: 60_000 });
    await shot(page, 'alarm');
    // The list is loaded again when more comes, and a click then meets nothing.
    await expect(async () => {
      await alarm.click({ timeout: 5_000 });
      await page.waitForURL(new RegExp(`/model-usage/budgets/team/`), {
        timeout: 10_000,
      });
    }).toPass({ timeout: 60_000 });
  });

  await test.step('the page shows how the budget burns, also as a table by keyboard', async () => {
    await expect(
      page.getByRole('img', { name: 'How the budget is spent' }),
    ).toContainText('Budget: $', { timeout: 30_000 });
    await shot(page, 'burn');
    const toggle = page.getByRole('button', {
      name: 'Show as table: How the budget is spent',
    });
    await toggle.focus();
    await page.keyboard.press('Enter');
    const table = page.getByRole('table', { name: 'How the budget is spent' });
    await expect(
      table.getByRole('columnheader', { name: 'Spent (USD)' }),
    ).toBeVisible();
    await expect(toggle).toBeFocused();
    // Remembered for the person.
    await page.reload();
    await expect(table).toBeVisible({ timeout: 30_000 });
    await expect(
      page.getByRole('table', { name: 'Who used what' }),
    ).toContainText('GPT-6 Luna');
    await shot(page, 'burn-as-table');
    await expectAccessible(page, 'the usage of a team');
  });

  await test.step('what is exported adds up to the page', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Chargeback as CSV' }).click();
    const file = await (await download).path();
    const csv = fs.readFileSync(file, 'utf8');
    await expect(page.getByText(/^chargeback-legal-.* rows?,/)).toBeVisible();
    const micros = column(csv, 'cost').reduce(
      (sum, text) => sum + Math.round(Number(text) * 1e6),
      0,
    );
    const insights = await ada.call<{
      totals: { costs: Array<{ amount: number }> };
    }>('GET', `model-usage/insights/callers/team/${encodeURIComponent(TEAM)}`);
    expect(micros).toBe(Math.round(insights.totals.costs[0].amount * 1e6));
    const shown = new Intl.NumberFormat('en-GB', {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
      maximumSignificantDigits: 3,
    }).format(micros / 1e6);
    await expect(
      page.locator('dl', { hasText: 'Tokens in and out' }),
    ).toContainText(shown);
  });

  await test.step('the model and the organisation show the same calls', async () => {
    await page.goto(`${portal.url}/catalog/openai/model/gpt-6-luna/usage`);
    await expect(
      page.getByRole('region', { name: 'At a glance' }),
    ).toContainText('Calls', { timeout: 30_000 });
    await expect(
      page.getByRole('img', { name: 'Calls', exact: true }),
    ).toHaveAccessibleDescription(/3 calls in all/);
    await shot(page, 'model');
    await expectAccessible(page, 'the usage of a model');
    const { page: admin } = await people.as('Ada Admin');
    await admin.goto(`${portal.url}/model-usage/organisation?view=cost`);
    await expect(
      admin.getByRole('table', { name: 'By whom and what' }),
    ).toContainText('GPT-6 Luna', { timeout: 30_000 });
    await shot(admin, 'organisation');
    await expectAccessible(admin, 'what the organisation uses');
  });
});
