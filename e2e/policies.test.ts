import { expect, type Page } from '@playwright/test';
import { portalTest } from './shared';
import { expectAccessible } from './support/axe';
import { gatewayClient, statusOf, timeUntil } from './support/calls';
import { issueKey, MODEL, startPilot } from './support/pilot';
import { createShots } from './support/shots';

/** A portal of its own: what is in force counts for everybody. */
const test = portalTest();

const RULE = (condition: string) => `
  - code: not-this-provider
    when: ${condition}
    message: Trials of this provider ended. Choose a model of another one.
`;

/** Reason and passkey in the dialog that puts a proposal into force. */
async function activate(page: Page, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  const confirm = dialog.getByRole('button', { name: 'Activate with passkey' });
  await expect(confirm).toBeEnabled();
  await confirm.click();
  await expect(dialog).toHaveCount(0);
}

test.describe('a change of the policies', () => {
  test.describe.configure({ timeout: 6 * 60_000 });

  test('is proposed, mended, replayed, activated by a second person, and undone', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('policies', testInfo);
    await startPilot(portal, { id: 'trial-desk', title: 'Trial desk' });
    const client = gatewayClient(
      portal,
      await issueKey(portal, 'trial-desk', 'Trial'),
    );
    await timeUntil(async () => {
      expect(await statusOf(client, MODEL.gatewayId)).toBe(200);
    }, 60_000);
    const { page: ada } = await people.as('Ada Admin');
    const save = ada.getByRole('button', {
      name: 'Save',
      exact: true,
    });

    const address = await test.step('somebody begins a proposal', async () => {
      await ada.goto(`${portal.url}/model-governance/policies`);
      await ada
        .getByRole('navigation', { name: 'Policies' })
        .getByText('Proposals')
        .click();
      await expect(
        ada.getByText('Nobody has proposed anything yet'),
      ).toBeVisible();
      await shot(ada, 'no-proposals');
      await ada.getByRole('button', { name: 'Propose a change' }).click();
      const dialog = ada.getByRole('dialog');
      await dialog.getByLabel('Title').fill('No trials of one provider');
      await dialog
        .getByLabel('Why it should change')
        .fill('The contract for trials with this provider ended.');
      await expectAccessible(ada, 'the dialog that begins a proposal');
      await dialog.getByRole('button', { name: 'Begin' }).click();
      await ada.waitForURL(/\/policies\/proposals\/[\w-]{36}/);
      await expect(
        ada.getByRole('heading', { name: 'No trials of one provider' }),
      ).toBeVisible();
      return new URL(ada.url()).pathname;
    });

    await test.step('a mistake is shown at its line', async () => {
      await ada.getByLabel('File').click();
      await ada.getByRole('option', { name: 'sandbox.yaml' }).click();
      const editor = ada.getByRole('textbox', { name: 'Text of sandbox.yaml' });
      const text = (await editor.inputValue()).trimEnd();
      await editor.fill(`${text}${RULE('model.provider == 7')}`);
      const wrong = text.split('\n').length + 2;
      const problems = ada.getByRole('list', { name: 'What is wrong' });
      await expect(problems).toContainText(`Line ${wrong}`);
      await problems.getByRole('button', { name: `line ${wrong}` }).click();
      await expect(editor).toBeFocused();
      await expect(
        ada.getByText(/These policies do not load: 1 mistake/),
      ).toBeVisible();
      await shot(ada, 'a-mistake-at-its-line');
      await expectAccessible(ada, 'a proposal with a mistake');
      await editor.fill(`${text}${RULE('model.provider == "openai"')}`);
      await expect(problems).toHaveCount(0);
    });

    await test.step('tests and replay say what would come of it', async () => {
      await expect(ada.getByText(/all \d+ tests hold/)).toBeVisible();
      await expect(
        ada.getByRole('list', { name: 'What changes in Sandbox' }),
      ).toContainText('Stricter');
      await save.click();
      await expect(ada.getByText('Everything is saved')).toBeVisible();
      await ada.getByRole('button', { name: 'Replay', exact: true }).click();
      const approvals = ada.getByRole('table', {
        name: 'Approvals that change',
      });
      await expect(approvals).toContainText('Ends');
      await expect(approvals).toContainText(MODEL.title);
      await shot(ada, 'replayed');
      await ada.getByRole('button', { name: 'Difference' }).click();
      await expect(
        ada.getByRole('region', { name: 'Difference of sandbox.yaml' }),
      ).toContainText('+  - code: not-this-provider');
      await shot(ada, 'difference');
      await expectAccessible(ada, 'a proposal that was replayed');
    });

    await test.step('its author does not activate it', async () => {
      await expect(
        ada.getByText(
          'You proposed this, so somebody else has to activate it.',
        ),
      ).toBeVisible();
      await expect(
        ada.getByRole('button', { name: 'Activate', exact: true }),
      ).toBeDisabled();
      expect(await statusOf(client, MODEL.gatewayId)).toBe(200);
    });

    const { page: ines } = await people.withPasskey('Ines Iversen');
    await test.step('somebody else does, and sees what ends', async () => {
      await ines.goto(`${portal.url}${address}`);
      await expect(
        ines.getByRole('region', { name: 'Difference of sandbox.yaml' }),
      ).toBeVisible();
      await ines.getByRole('button', { name: 'Activate', exact: true }).click();
      await expect(
        ines.getByRole('list', { name: 'Approvals that end' }),
      ).toContainText(MODEL.title);
      await shot(ines, 'what-ends');
      await expectAccessible(ines, 'the dialog that activates a proposal');
      await activate(ines, 'The contract ended; agreed with procurement.');
      await expect(
        ines
          .getByRole('region', { name: 'No trials of one provider' })
          .getByText('In force', { exact: true }),
      ).toBeVisible();
      await shot(ines, 'activated');
    });

    await test.step('the live approval ends, and the gateway refuses', async () => {
      const ended = await timeUntil(async () => {
        expect(await statusOf(client, MODEL.gatewayId)).toBe(403);
      }, 60_000);
      console.log(`activation to 403: ${Math.round(ended)} ms`);
      const [namespace, name] = MODEL.gatewayId.split('/');
      await ines.goto(
        `${portal.url}/catalog/${namespace}/model/${name}/approvals`,
      );
      await expect(
        ines.getByText(/The policies in force ask for more/).first(),
      ).toBeVisible();
      await shot(ines, 'the-approval-is-suspended');
    });

    await test.step('and it is undone in the same way', async () => {
      await ines.goto(`${portal.url}/model-governance/policies/history`);
      const versions = ines.getByRole('table', {
        name: 'Versions of the policies',
      });
      await expect(versions).toContainText('sandbox.yaml');
      await shot(ines, 'history');
      await expectAccessible(ines, 'the history of policies');
      await versions
        .getByRole('link', { name: /What changed/ })
        .last()
        .click();
      await ines
        .getByRole('button', { name: 'Propose to go back to this version' })
        .click();
      const dialog = ines.getByRole('dialog');
      await dialog
        .getByLabel('Why it should change')
        .fill('The contract was renewed today.');
      await dialog.getByRole('button', { name: 'Begin' }).click();
      await ines.waitForURL(/\/policies\/proposals\/[\w-]{36}/);
      const back = new URL(ines.url()).pathname;

      const { page } = await people.withPasskey('Ada Admin');
      await page.goto(`${portal.url}${back}`);
      await page.getByRole('button', { name: 'Activate', exact: true }).click();
      await activate(page, 'Seen the renewed contract.');
      await timeUntil(async () => {
        expect(await statusOf(client, MODEL.gatewayId)).toBe(200);
      }, 60_000);
      await page.goto(`${portal.url}/model-governance/policies/proposals`);
      await expect(
        page.getByRole('table', { name: 'Proposals' }).getByText('In force'),
      ).toHaveCount(2);
      await shot(page, 'proposals');
      await expectAccessible(page, 'the list of proposals');
    });
  });
});
