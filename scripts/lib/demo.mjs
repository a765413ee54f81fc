import { setTimeout as delay } from 'node:timers/promises';

/** The administrator of the demo, in whose name the scripts act. */
const ADMINISTRATOR = 'user:default/ada';

const LIMIT_MS = 120_000;
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

/** Waits until the catalog has taken in the files of the demo. */
export async function untilCatalogIsRead(url) {
  const token = await administratorToken(url);
  let known = -1;
  let since = Date.now();
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; ) {
    const response = await fetch(
      `${url}/api/catalog/entities/by-query?limit=0`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    const { totalItems } = response.ok ? await response.json() : {};
    if (totalItems !== known) {
      known = totalItems;
      since = Date.now();
    } else if (Date.now() - since >= QUIET_MS) {
      return;
    }
    await delay(POLL_MS);
  }
}
