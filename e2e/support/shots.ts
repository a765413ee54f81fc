import type { Page, TestInfo } from '@playwright/test';
import path from 'node:path';

/**
 * Screenshots of a story in the order of its steps, below
 * `artifacts/screenshots/<story>`, and attached to the report.
 */
export function createShots(story: string, testInfo: TestInfo) {
  let step = 0;
  return async (page: Page, name: string): Promise<void> => {
    step += 1;
    const file = path.resolve(
      'artifacts/screenshots',
      story,
      `${String(step).padStart(2, '0')}-${name}.png`,
    );
    // Pictures are for people: let what is still loading arrive.
    await page
      .locator('[data-testid="progress"]')
      .first()
      .waitFor({ state: 'detached', timeout: 5_000 })
      .catch(() => undefined);
    await page.screenshot({ path: file });
    await testInfo.attach(name, { path: file, contentType: 'image/png' });
  };
}
