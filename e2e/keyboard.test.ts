import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './shared';
import { createShots } from './support/shots';

const MODEL = 'Llama 3.1 8B Instruct';

/** Presses Tab until the focus is there, as one does without a mouse. */
async function tabTo(page: Page, target: Locator, key = 'Tab') {
  await expect(target).toBeVisible();
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(target).toBeFocused({ timeout: 1 });
  }, `${key} never reaches ${target}`).toPass({ intervals: [0] });
}

/** Chooses in a native select, which takes the first letters of an option. */
async function choose(page: Page, select: Locator, option: string) {
  await tabTo(page, select);
  await page.keyboard.type(option);
  await expect(select.locator('option:checked')).toContainText(option);
}

test.describe('without a mouse', () => {
  test('one finds a model, asks for it, and another one signs', async ({
    portal,
    browser,
  }, testInfo) => {
    const shot = createShots('keyboard', testInfo);
    const as = async (task: string): Promise<Page> => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(portal.url);
      await expect(
        page.getByLabel('Find a person, a team or a task'),
      ).toBeFocused();
      await page.keyboard.type(task);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible();
      return page;
    };
    const dana = await as('Dana Developer');
    const press = (page: Page) => page.keyboard.press('Enter');

    await test.step('finds the model', async () => {
      await tabTo(
        dana,
        dana.getByRole('link', { name: 'Models', exact: true }),
      );
      await press(dana);
      await tabTo(dana, dana.getByPlaceholder(/What must the model do/));
      await dana.keyboard.type('llama 3.1 8b');
      await tabTo(dana, dana.getByRole('link', { name: MODEL, exact: true }));
      await shot(dana, 'on-the-model');
      await press(dana);
      await expect(
        dana.getByRole('heading', { name: 'Where it may be used today' }),
      ).toBeVisible();
    });

    await test.step('asks for it', async () => {
      await tabTo(
        dana,
        dana.getByRole('button', { name: 'Request access' }).first(),
      );
      await press(dana);
      await choose(dana, dana.getByLabel('Version'), 'q4');
      const internal = dana.getByRole('radio', { name: 'Internal' });
      // Tab enters a group of radio buttons, arrows move in it.
      await tabTo(dana, dana.getByRole('radio').first());
      await dana.keyboard.press('ArrowDown');
      await expect(internal).toBeChecked();
      await choose(dana, dana.getByLabel('Purpose'), 'Drafting');
      await choose(dana, dana.getByLabel('Access profile'), 'Customer');
      await tabTo(dana, dana.getByLabel('Justification'));
      await dana.keyboard.type('Drafts that the people of the desk read.');
      await tabTo(dana, dana.getByRole('button', { name: 'Submit request' }));
      await shot(dana, 'about-to-submit');
      await press(dana);
      await dana.waitForURL(/\/model-governance\/approvals\//);
      await expect(
        dana.getByText('You asked for this, so somebody else has to decide.'),
      ).toBeVisible({ timeout: 30_000 });
    });

    await test.step('and the lead signs', async () => {
      const priya = await as('Priya Patel');
      await tabTo(priya, priya.getByRole('link', { name: 'Model governance' }));
      await press(priya);
      await tabTo(
        priya,
        priya
          .getByRole('row')
          .filter({ hasText: MODEL })
          .getByRole('link')
          .first(),
      );
      await shot(priya, 'on-the-request');
      await press(priya);
      await priya.waitForURL(/\/model-governance\/approvals\//);
      const sign = priya.getByRole('button', { name: 'Approve as lead' });
      await tabTo(priya, sign);
      await press(priya);

      const dialog = priya.getByRole('dialog');
      await expect(dialog.getByLabel('Comment')).toBeFocused();
      await priya.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
      await expect(sign).toBeFocused();
      await press(priya);
      await expect(dialog.getByLabel('Comment')).toBeFocused();
      await priya.keyboard.type('Good for drafts.');
      await tabTo(priya, dialog.getByRole('button', { name: 'Approve' }));
      await shot(priya, 'about-to-sign');
      await press(priya);
      await expect(priya.getByText(/May be used/)).toBeVisible();
      await expect(dana.getByText(/May be used/)).toBeVisible();
      await shot(priya, 'signed');
    });
  });
});
