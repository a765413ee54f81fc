import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** The administrator of the demo, in whose name the scripts act. */
const ADMINISTRATOR = 'user:default/ada';

const LIMIT_MS = 240_000;
const POLL_MS = 500;

/** How long nothing new may appear before the catalog counts as read. */
const QUIET_MS = 3_000;

/** The people whom one can sign in as. */
export async function people(url) {
  const response = await fetch(`${url}/api/auth/persona/people`);
  return response.ok ? (await response.json()).items : [];
}

/**
 * A token of the demo's administrator. The catalog reads its people a little
 * after the backend is up, so this waits for her.
 */
export async function administratorToken(url) {
  let answer = '';
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; ) {
    const response = await fetch(`${url}/api/auth/persona/refresh`, {
      headers: { 'x-modelhub-persona': ADMINISTRATOR },
    });
    if (response.ok) {
      return (await response.json()).backstageIdentity.token;
    }
    answer = `${response.status} ${await response.text()}`;
    await delay(POLL_MS);
  }
  throw new Error(
    `Nobody could sign in as ${ADMINISTRATOR} of catalog-info/org.yaml: ${answer}`,
  );
}

/** Waits until the catalog and the index of models took in the demo's files. */
export async function untilCatalogIsRead(url) {
  const token = await administratorToken(url);
  const authorization = `Bearer ${token}`;
  const count = async path => {
    const response = await fetch(`${url}/api/${path}`, {
      headers: { authorization },
    });
    return response.ok ? (await response.json()).totalItems : undefined;
  };

  let known;
  let since = Date.now();
  await until(async () => {
    const total = await count('catalog/entities/by-query?limit=0');
    if (total !== known) {
      known = total;
      since = Date.now();
    }
    return Date.now() - since >= QUIET_MS;
  });

  // The index would look by itself within half a minute.
  await fetch(`${url}/api/model-cards/refresh`, {
    method: 'POST',
    headers: { authorization, 'idempotency-key': randomUUID() },
  });
  await until(
    async () =>
      (await count('model-cards/models?limit=1')) ===
      (await count('catalog/entities/by-query?limit=0&filter=kind=model')),
  );
}

async function until(condition) {
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; ) {
    if (await condition()) {
      return;
    }
    await delay(POLL_MS);
  }
}
