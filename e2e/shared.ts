import { test as base } from '@playwright/test';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Portal, startPortal } from './harness';
import { People } from './support/people';

/** What a portal has beside the demo. */
export interface OwnPortal {
  /** Entities beside the demo's. */
  entities?: object[];
  /** Settings over the demo's. */
  config?: object;
  /** Called after the portal has stopped. */
  close?(): Promise<unknown>;
}

/**
 * Tests that share one portal: it starts with the first of them and ends with
 * the last, or with one that fails.
 *
 * @param own - given a folder that is removed after the tests
 */
export function portalTest(
  own: (folder: string) => OwnPortal | Promise<OwnPortal> = () => ({}),
) {
  return base.extend<object, { portal: Portal; people: People }>({
    portal: [
      async ({}, use) => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelhub-own-'));
        const { entities = [], config = {}, close } = await own(folder);
        const models = path.join(folder, 'models.yaml');
        fs.writeFileSync(
          models,
          entities.map(entity => JSON.stringify(entity)).join('\n---\n'),
        );
        const catalog = {
          locations: [path.resolve('catalog-info/all.yaml'), models].map(
            target => ({ type: 'file', target }),
          ),
        };
        const configFile = path.join(folder, 'app-config.yaml');
        fs.writeFileSync(
          configFile,
          JSON.stringify({
            ...config,
            ...(entities.length > 0 && { catalog }),
          }),
        );
        const portal = await startPortal({ configFiles: [configFile] });
        await use(portal);
        await portal.stop();
        await close?.();
        fs.rmSync(folder, { recursive: true, force: true });
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
}

/** Tests of the demo as it is. README.md says who uses which model. */
export const test = portalTest();
