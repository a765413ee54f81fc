import {
  type Browser,
  type BrowserContext,
  expect,
  type Page,
} from '@playwright/test';
import { type Portal, signIn } from '../harness';
import { Api } from './api';
import { VirtualAuthenticator } from './authenticator';

/** A person at a browser that has an authenticator. */
export interface Person {
  page: Page;
  authenticator: VirtualAuthenticator;
}

/**
 * The demo's people, each at a browser of their own. They keep it, and with it
 * their passkeys, as long as the portal runs.
 */
export class People {
  readonly #browser: Browser;
  readonly #portal: Portal;
  readonly #present = new Map<string, Promise<Person>>();

  constructor(browser: Browser, portal: Portal) {
    this.#browser = browser;
    this.#portal = portal;
  }

  /** @param name - as it is shown, e.g. `Dana Developer` */
  as(name: string): Promise<Person> {
    const present = this.#present.get(name) ?? this.#signIn(name);
    this.#present.set(name, present);
    return present;
  }

  /**
   * Somebody with a passkey: invited by the administrator and enrolled in the
   * portal, unless that happened before.
   */
  async withPasskey(name: string): Promise<Person> {
    const person = await this.as(name);
    if ((await person.authenticator.credentials()).length === 0) {
      await this.invite(name.split(' ')[0].toLowerCase());
      await this.enrol(person, `Device of ${name}`);
    }
    return person;
  }

  /** @param user - name of the User entity, e.g. `ines` */
  async invite(user: string): Promise<void> {
    const ada = await Api.as(this.#portal, 'ada');
    await ada.call('POST', 'model-governance/passkeys/invitations', {
      body: { user: `user:default/${user}` },
    });
  }

  async enrol({ page }: Person, device: string): Promise<void> {
    await page.goto(`${this.#portal.url}/model-governance/passkeys`);
    await page.getByRole('button', { name: 'Enrol passkey' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(device);
    await dialog.getByRole('button', { name: 'Enrol', exact: true }).click();
    await expect(
      page.getByRole('cell', { name: device, exact: true }),
    ).toBeVisible();
  }

  async close(): Promise<void> {
    const contexts = new Set<BrowserContext>();
    for (const present of this.#present.values()) {
      contexts.add((await present).page.context());
    }
    for (const context of contexts) await context.close();
  }

  async #signIn(name: string): Promise<Person> {
    const context = await this.#browser.newContext({
      viewport: { width: 1366, height: 900 },
      acceptDownloads: true,
    });
    const page = await context.newPage();
    const authenticator = await VirtualAuthenticator.plugIn(page);
    await signIn(page, this.#portal, name);
    return { page, authenticator };
  }
}

/** Presses the button of a role and confirms with the passkey. */
export async function approveWithPasskey(
  page: Page,
  role: string,
): Promise<void> {
  await page.getByRole('button', { name: `Approve as ${role}` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Approve with passkey' })
    .click();
}
