import { expect, type Page } from '@playwright/test';
import type {
  Approval,
  ApprovalDetail,
} from '@modelhub/backstage-plugin-models-common';
import { test } from './shared';
import { Api } from './support/api';
import { expectAccessible } from './support/axe';

const MODEL = 'google/gemma-2-9b-it';
const CARD = '/catalog/google/model/gemma-2-9b-it';
/** The catalog's own title, which goes by ref until it has read the entity. */
const ENTITY = `(Gemma 2 9B IT|${MODEL}) .*`;
const HUB = 'Model Hub';
const GOVERNANCE = `Model governance · ${HUB}`;

/** Buttons that only open a dialog. */
const OPENS_DIALOG =
  /…$|^(Issue key|Add access profile|Add purpose|Invite gateway|Enrol passkey|Approve as lead)$/;

/** @param title - which may come after the number of unread notifications */
async function open(page: Page, url: string, title: string) {
  await page.goto(url);
  await expect
    .soft(page, `The title of ${url}`)
    .toHaveTitle(new RegExp(`^(\\(\\d+\\) )?${title}$`));
  await expect(
    page.getByRole('main').or(page.getByRole('article')).first(),
  ).toBeVisible();
  // The first page of a portal that has just started takes a while.
  await expect(page.getByRole('progressbar')).toHaveCount(0, {
    timeout: 45_000,
  });
}

/** Looks at every dialog that the page can open, and gives their names. */
async function expectDialogsAccessible(page: Page): Promise<string[]> {
  const buttons = page.getByRole('button', { name: OPENS_DIALOG });
  const names: string[] = [];
  const seen = new Set<string>();
  for (const button of await buttons.all()) {
    const name = (await button.textContent())!;
    if (seen.has(name) || (await button.isDisabled())) continue;
    seen.add(name);
    await button.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await expectAccessible(
      page,
      `the dialog "${name}" of ${page.url()}`,
      '[role="dialog"]',
    );
    names.push(name);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    // Who closes a dialog goes on where it was opened.
    await expect.soft(button).toBeFocused();
  }
  return names;
}

test.describe('every page says where one is, and axe finds nothing bad', () => {
  let asked = '';

  test.beforeAll(async ({ portal }) => {
    const dana = await Api.as(portal, 'dana');
    const request = async (tier: string, purpose: string) => {
      const { id } = await dana.call<Approval>(
        'POST',
        'model-governance/approvals',
        {
          body: {
            entityRef: `model:${MODEL}`,
            modelVersion: 'q4-k-m',
            tier,
            purpose,
            profile: 'customer-care',
            justification: 'Something to look at on every page.',
            submit: true,
          },
        },
      );
      const approval = () =>
        dana.call<ApprovalDetail>('GET', `model-governance/approvals/${id}`);
      await expect
        .poll(async () => (await approval()).state, { timeout: 30_000 })
        .toBe(tier === 'sandbox' ? 'approved' : 'in-review');
      return await approval();
    };
    asked = (await request('internal', 'support-answers')).id;
    await request('sandbox', 'experimentation');
  });

  test('models and their cards', async ({ portal, people }) => {
    const { page } = await people.as('Dana Developer');
    await open(page, portal.url, `Home · ${HUB}`);
    await expectAccessible(page, 'the home page');

    await open(page, `${portal.url}/models`, `Browse · Models · ${HUB}`);
    await expect(
      page.getByRole('link', { name: 'Gemma 2 9B IT' }),
    ).toBeVisible();
    await expectAccessible(page, 'the list of models');
    await open(
      page,
      `${portal.url}/models?q=nothing-of-this-name`,
      `Browse · Models · ${HUB}`,
    );
    await expectAccessible(page, 'an empty list of models');

    await open(page, `${portal.url}${CARD}`, ENTITY);
    await expect(
      page.getByRole('heading', { name: 'Where it may be used today' }),
    ).toBeVisible();
    await expectAccessible(page, 'the card of a model');
    await open(page, `${portal.url}${CARD}/approvals`, ENTITY);
    await expectAccessible(page, 'the approvals of a model');
    await open(page, `${portal.url}${CARD}/evaluations`, ENTITY);
    await expect(page.getByText('Nothing was measured yet')).toBeVisible();
    await expectAccessible(page, 'a model that was not evaluated');
    expect(await expectDialogsAccessible(page)).toEqual(['Run an evaluation…']);
    await open(
      page,
      `${portal.url}/catalog/acme/evaluationpack/acme-tickets/evaluation-pack`,
      '(Support tickets|acme/acme-tickets) .*',
    );
    await expect(page.getByRole('table', { name: 'Criteria' })).toBeVisible();
    await expectAccessible(page, 'an evaluation pack');
  });

  test('the request and what becomes of it', async ({ portal, people }) => {
    const { page } = await people.as('Dana Developer');
    await open(
      page,
      `${portal.url}/model-governance/request?entityRef=model:${MODEL}`,
      `Request gemma-2-9b-it · ${GOVERNANCE}`,
    );
    await page.getByRole('radio', { name: 'Regulated' }).check();
    await expect(
      page.getByText('2 sign-offs as security', { exact: false }),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Submit request' }).click();
    await expect(page.getByRole('alert')).toContainText('Not sent yet');
    await expectAccessible(page, 'the form that lacks something');

    const request = `${portal.url}/model-governance/approvals/${asked}`;
    const title = `Request ${asked.slice(
      0,
      8,
    )} · Gemma 2 9B IT q4-k-m · ${GOVERNANCE}`;
    await open(page, request, title);
    await expectAccessible(page, 'the request for its requester');
    expect(await expectDialogsAccessible(page)).toContain('Withdraw…');

    const { page: priya } = await people.as('Priya Patel');
    await open(priya, request, title);
    await expectAccessible(priya, 'the request for the lead');
    expect(await expectDialogsAccessible(priya)).toEqual(
      expect.arrayContaining(['Approve as lead', 'Reject as lead…']),
    );
    await open(
      priya,
      `${portal.url}/model-governance/queue`,
      `Queue · ${GOVERNANCE}`,
    );
    await expect(priya.getByText('Gemma 2 9B IT').first()).toBeVisible();
    await expectAccessible(priya, 'the queue of the lead');
  });

  test('suspension and emergency', async ({ portal, people }) => {
    for (const [name, button] of [
      ['Ines Iversen', 'Suspend…'],
      ['Erin Emery', 'Emergency access…'],
    ]) {
      const { page } = await people.as(name);
      await open(page, `${portal.url}${CARD}/approvals`, ENTITY);
      await expect(page.getByRole('button', { name: button })).toBeVisible();
      await expectAccessible(page, `the approvals for ${name}`);
      expect(await expectDialogsAccessible(page)).toContain(button);
    }
  });

  test('every tab of governance', async ({ portal, people }) => {
    const { page } = await people.as('Ada Admin');
    await open(page, `${portal.url}/model-governance`, `Queue · ${GOVERNANCE}`);
    const tabs = page.getByRole('tablist').first().getByRole('tab');
    const pages = await tabs.evaluateAll(all =>
      all.map(tab => ({
        label: tab.textContent!,
        path: tab.getAttribute('href')!,
      })),
    );
    expect(pages.map(({ label }) => label)).toEqual(
      expect.arrayContaining([
        'Queue',
        'My requests',
        'Allowlist',
        'Gateways and keys',
        'Policies',
        'Waivers',
        'Ledger',
        'My duties',
      ]),
    );
    const dialogs: string[] = [];
    for (const { label, path } of pages) {
      await open(page, `${portal.url}${path}`, `${label} · ${GOVERNANCE}`);
      await expectAccessible(page, `the tab ${label}`);
      dialogs.push(...(await expectDialogsAccessible(page)));
    }
    expect(dialogs).toEqual(
      expect.arrayContaining([
        'Issue key',
        'Add access profile',
        'Add purpose',
        'Invite gateway',
        'Delegate…',
      ]),
    );
    await open(
      page,
      `${portal.url}/model-governance/nowhere`,
      `No such page · ${GOVERNANCE}`,
    );
    await expectAccessible(page, 'a page that does not exist');
  });
  test('usage', async ({ portal, people }) => {
    const { page } = await people.as('Ada Admin');
    const usage = `Model usage · ${HUB}`;
    await open(
      page,
      `${portal.url}/model-usage`,
      `Spend and budgets · ${usage}`,
    );
    await expectAccessible(page, 'what was spent');
    expect(await expectDialogsAccessible(page)).toContain('Set budget…');
    await open(
      page,
      `${portal.url}/model-usage/budgets/profile/customer-care`,
      `Spend of Customer Care · ${usage}`,
    );
    await expectAccessible(page, 'what a profile spent');
    await open(
      page,
      `${portal.url}/model-usage/enforcement`,
      `What enforcing would refuse · ${usage}`,
    );
    await expectAccessible(page, 'what enforcing would refuse');
    expect(await expectDialogsAccessible(page)).toContain('Change mode…');
    await open(
      page,
      `${portal.url}/model-usage/enforcement/customer-care`,
      `What enforcing would refuse of Customer Care · ${usage}`,
    );
    await expectAccessible(page, 'what enforcing would refuse of a profile');
  });
});
