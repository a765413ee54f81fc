import { expect } from '@playwright/test';
import { signIn, tokenOf } from './harness';
import { test } from './shared';

test.describe('sign-in', () => {
  test('a person chosen by name stays signed in over a reload', async ({
    page,
    portal,
  }) => {
    await signIn(page, portal, 'Dana Developer');
    await page.reload();
    await page.goto(`${portal.url}/settings`);
    await expect(page.getByText('Dana Developer').first()).toBeVisible();
  });

  test('can be done with the keyboard alone', async ({ page, portal }) => {
    await page.goto(portal.url);
    const search = page.getByLabel('Find a person, a team or a task');
    await expect(search).toBeFocused();
    await page.keyboard.type('lead of security');
    await page.keyboard.press('Enter');
    await page.goto(`${portal.url}/settings`);
    await expect(page.getByText('Ines Iversen').first()).toBeVisible();
  });

  test('two tabs are two people', async ({ context, portal }) => {
    const dana = await context.newPage();
    await signIn(dana, portal, 'Dana Developer');
    const lee = await context.newPage();
    await lee.goto(`${portal.url}/settings`);
    await lee.getByTestId('user-settings-menu').click();
    await lee.getByTestId('sign-out').click();
    await signIn(lee, portal, 'Lee Lawson');
    await dana.reload();
    await dana.goto(`${portal.url}/settings`);
    await expect(dana.getByText('Dana Developer').first()).toBeVisible();
  });

  test('carries the groups that the catalog knows', async ({ portal }) => {
    const token = await tokenOf(portal, 'ines');
    const response = await fetch(`${portal.url}/api/auth/v1/userinfo`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { claims } = await response.json();
    expect(claims.ent).toContain('group:default/security');
  });
});
