import { expect } from '@playwright/test';
import { test } from '../shared';
import { expectAccessible } from '../support/axe';
import { ask, gatewayClient, refusalOf, timeUntil } from '../support/calls';
import { issueKey, MODEL, startPilot } from '../support/pilot';
import { createShots } from '../support/shots';

const PROFILE = { id: 'pilot-agents', title: 'Pilot of agents' };
const PAY = {
  type: 'function' as const,
  function: {
    name: 'pay_invoice',
    description: 'Pays an invoice at once.',
    parameters: { type: 'object', properties: {} },
  },
};

test.describe('calls that wait for a person', () => {
  test('are let through, refused, and end when nobody decides', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('gateway-asks', testInfo);
    await startPilot(portal, {
      ...PROFILE,
      owner: 'group:default/ml-platform',
      settings: {
        agents: {
          tools: [{ match: 'pay*', action: 'ask', risk: 5 }],
          askSeconds: 90,
        },
      },
    });
    const secret = await issueKey(portal, PROFILE.id, 'Agent of the desk');
    const client = gatewayClient(portal, secret);
    await timeUntil(() => ask(client, MODEL.gatewayId), 60_000);
    const pay = (trace: string) =>
      client.chat.completions.create(
        {
          model: MODEL.gatewayId,
          messages: [{ role: 'user', content: 'Pay what is due.' }],
          tools: [PAY],
        },
        { headers: { 'x-modelhub-trace': trace } },
      );

    const { page } = await people.as('Priya Patel');
    await page.goto(`${portal.url}/model-governance/asks`);
    await expect(page.getByText('No call waits for you')).toBeVisible();
    const held = page.getByRole('article', {
      name: 'May this call offer pay_invoice?',
    });
    const over = page.getByRole('table', { name: 'Decided and over' });
    const dialog = page.getByRole('dialog');

    await test.step('let through', async () => {
      let answered = false;
      const call = pay('pilot-1').then(answer => {
        answered = true;
        return answer;
      });
      // The page follows by itself.
      await expect(held).toBeVisible();
      await expect(held).toContainText('Agent of the desk');
      await expect(held).toContainText('Dana Developer');
      expect(answered).toBe(false);
      await shot(page, 'held');
      await expectAccessible(page, 'a call that waits for a person');
      await held.getByRole('button', { name: /^Allow once/ }).click();
      await expectAccessible(page, 'the dialog that lets a call through');
      await dialog.getByRole('button', { name: 'Allow once' }).click();
      expect((await call).choices[0].message.content).toBeTruthy();
      await expect(held).toHaveCount(0);
      await expect(over).toContainText('Allowed once');
    });

    await test.step('refused', async () => {
      const refusal = refusalOf(pay('pilot-2'));
      await held.getByRole('button', { name: /^Deny/ }).click();
      await dialog.getByLabel('Reason').fill('Invoices are paid by people.');
      await shot(page, 'deny');
      await dialog.getByRole('button', { name: 'Deny' }).click();
      expect(await refusal).toEqual({
        status: 403,
        code: 'tool_not_confirmed',
      });
      await expect(over).toContainText('Invoices are paid by people.');
    });

    await test.step('nobody decides', async () => {
      const { page: ada } = await people.as('Ada Admin');
      await ada.goto(`${portal.url}/model-governance/gateways`);
      await ada
        .getByRole('button', { name: `Settings of profile ${PROFILE.title}…` })
        .click();
      const settings = ada.getByRole('dialog');
      await settings.getByLabel('Wait for a person, in seconds').fill('2');
      await settings.getByRole('button', { name: 'Save' }).click();
      await expect(settings).toHaveCount(0);
      // The gateway follows within a second; until then calls wait for longer.
      await timeUntil(async () => {
        const controller = new AbortController();
        const timer = setTimeout(() => controller.abort(), 6_000);
        try {
          expect(
            await refusalOf(
              client.chat.completions.create(
                {
                  model: MODEL.gatewayId,
                  messages: [{ role: 'user', content: 'Pay what is due.' }],
                  tools: [PAY],
                },
                {
                  headers: { 'x-modelhub-trace': `pilot-${Math.random()}` },
                  signal: controller.signal,
                },
              ),
            ),
          ).toEqual({ status: 403, code: 'tool_not_confirmed' });
        } finally {
          clearTimeout(timer);
        }
      }, 30_000);
      await page.reload();
      await expect(over).toContainText('Nobody decided in time');
      await shot(page, 'over');
      await expectAccessible(page, 'calls that wait no longer');
    });
  });
});
