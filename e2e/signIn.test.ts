import { expect, test } from '@playwright/test';
import { Portal, signIn, startPortal, tokenOf } from './harness';

test.describe('sign-in', () => {
  let portal: Portal;

  test.beforeAll(async () => {
    portal = await startPortal();
  });

  test.afterAll(async () => {
    await portal?.stop();
  });

  test('a person chosen by name stays signed in over a reload', async ({
    page,
  }) => {
    await signIn(page, portal, 'Dana Developer');
    await page.reload();
    await page.goto(`${portal.url}/settings`);
    await expect(page.getByText('Dana Developer').first()).toBeVisible();
  });

  test('can be done with the keyboard alone', async ({ page }) => {
    await page.goto(portal.url);
    const search = page.getByLabel('Find a person, a team or a task');
    await expect(search).toBeFocused();
    await page.keyboard.type('lead of security');
    await page.keyboard.press('Enter');
    await page.goto(`${portal.url}/settings`);
    await expect(page.getByText('Ines Iversen').first()).toBeVisible();
  });

  test('two tabs are two people', async ({ context }) => {
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

  test('carries the groups that the catalog knows', async () => {
    const token = await tokenOf(portal, 'ines');
    const response = await fetch(`${portal.url}/api/auth/v1/userinfo`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { claims } = await response.json();
    expect(claims.ent).toContain('group:default/security');
  });
});
