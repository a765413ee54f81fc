import { Page, expect } from '@playwright/test';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPortal as start } from '../scripts/lib/portal.mjs';
import { startPostgres } from '../scripts/lib/postgres.mjs';

/** One backend of a portal; each serves the frontend on its own origin. */
export interface Replica {
  /** Base URL, e.g. `http://localhost:34567`. */
  url: string;
  /** Ends it at once, as a crash would (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  logFile: string;
}

/** A running portal with its gateway and the demo upstream. */
export interface Portal {
  /** Base URL of the first replica. */
  url: string;
  replicas: Replica[];
  /** Base URL of the gateway; the OpenAI API is below `/v1`. */
  gatewayUrl: string;
  upstreamUrl: string;
  /** URL of the server, when the portal is on PostgreSQL. */
  postgresUrl?: string;
  /** Folder of the logs; kept when a test fails. */
  logs: string;
  /** Folder of databases and keys, removed by `stop`. */
  data: string;
  stop(): Promise<void>;
}

/** Settings of {@link startPortal}. */
export interface PortalOptions {
  /** Default: `sqlite`. */
  database?: 'sqlite' | 'postgres';
  /** Backends on one database; more than one needs `postgres`. Default: 1. */
  replicas?: 1 | 2;
  /** More app-config files, loaded last. */
  configFiles?: string[];
}

/**
 * Starts what `npm start` starts, on free ports and with a data folder of its
 * own, so that it runs beside a portal that is open already.
 */
export async function startPortal(
  options: PortalOptions = {},
): Promise<Portal> {
  const { database = 'sqlite', replicas = 1, configFiles } = options;
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'modelhub-e2e-'));
  const logs = path.resolve('e2e-test-report', 'logs', path.basename(data));
  const postgres = database === 'postgres' ? await startPostgres() : undefined;
  const cleanUp = async () => {
    await postgres?.stop();
    fs.rmSync(data, { recursive: true, force: true });
  };
  try {
    const portal = await start({
      data,
      logs,
      postgres,
      replicas,
      configFiles,
    });
    return {
      url: portal.url,
      gatewayUrl: portal.gatewayUrl,
      upstreamUrl: portal.upstreamUrl,
      postgresUrl: postgres?.url,
      logs,
      data,
      replicas: portal.replicas.map((replica, index) => ({
        url: replica.url,
        logFile: replica.service.logFile,
        kill: () => portal.replicas[index].service.kill(),
        restart: async () => {
          await portal.restart(index);
        },
      })),
      async stop() {
        await portal.stop();
        await cleanUp();
      },
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

/** Signs a page in as one of the demo's people, by the name that is shown. */
export async function signIn(
  page: Page,
  portal: { url: string },
  name: string,
): Promise<void> {
  await page.goto(portal.url);
  await page
    .getByRole('list', { name: 'People' })
    .getByText(name, { exact: true })
    .click();
  await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible();
}

/**
 * A token of one of the demo's people, for calls without a browser.
 *
 * @param user - name of the User entity, e.g. `dana`
 */
export async function tokenOf(
  portal: { url: string },
  user: string,
): Promise<string> {
  const response = await fetch(`${portal.url}/api/auth/persona/refresh`, {
    headers: { 'x-modelhub-persona': `user:default/${user}` },
  });
  expect(response.status).toBe(200);
  return (await response.json()).backstageIdentity.token;
}
