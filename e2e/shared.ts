import { test as base } from '@playwright/test';
import { type Portal, startPortal } from './harness';
import { People } from './support/people';

/**
 * Tests that share one portal: it starts with the first of them and ends with
 * the last, or with one that fails. README.md says who uses which model.
 */
export const test = base.extend<object, { portal: Portal; people: People }>({
  portal: [
    async ({}, use) => {
      const portal = await startPortal();
      await use(portal);
      await portal.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  people: [
    async ({ browser, portal }, use) => {
      const people = new People(browser, portal);
      await use(people);
      await people.close();
    },
    { scope: 'worker' },
  ],
});
