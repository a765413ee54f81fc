import type { ReadableLedgerEvent } from '../ledger/LedgerStore';

type Words = (event: ReadableLedgerEvent) => string;

const text = ({ payload }: ReadableLedgerEvent, name: string) => {
  const value = payload[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** `profile:<id>` → `<id>`. */
const idOf = ({ subject }: ReadableLedgerEvent) =>
  subject.slice(subject.indexOf(':') + 1);

/** By title, with the id where that is something else. */
function named(event: ReadableLedgerEvent): string {
  const id = idOf(event);
  const title = text(event, 'title');
  return title === undefined || title === id ? `“${id}”` : `“${title}” (${id})`;
}

/** `settings.limits.tokensPerMinute` → `limits: tokens per minute`. */
function fieldWords(path: string): string {
  return path
    .replace(/^settings\./, '')
    .split('.')
    .map(name =>
      name
        .replace(/-/g, ' ')
        .replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`),
    )
    .join(': ');
}

/** What changed, in words, after a colon. */
function changes(event: ReadableLedgerEvent): string {
  const { changed } = event.payload;
  if (!Array.isArray(changed) || changed.length === 0) return '';
  const enforcement = text(event, 'enforcement');
  const words = changed
    .map(String)
    .map(path =>
      path === 'enforcement' && enforcement
        ? `enforcement is “${enforcement}” now`
        : fieldWords(path),
    );
  return `: ${words.join(', ')}`;
}

function date(event: ReadableLedgerEvent, name: string): string | undefined {
  const at = Date.parse(text(event, name) ?? '');
  return Number.isNaN(at)
    ? undefined
    : `${new Date(at).toLocaleString('en-GB', {
        dateStyle: 'long',
        timeStyle: 'short',
        timeZone: 'UTC',
      })} UTC`;
}

function ofProfile(event: ReadableLedgerEvent): string {
  const profile = text(event, 'profile');
  return profile ? ` of the profile “${profile}”` : '';
}

function scope(event: ReadableLedgerEvent): string {
  const [profile, purpose, tier] = ['profile', 'purpose', 'tier'].map(name =>
    text(event, name),
  );
  return [
    ...(profile ? [` for the profile “${profile}”`] : []),
    ...(purpose ? [` and the purpose “${purpose}”`] : []),
    ...(tier ? [`, up to the tier ${tier}`] : []),
  ].join('');
}

function ofEndpoint(event: ReadableLedgerEvent): string {
  const endpoint = text(event, 'endpoint');
  return endpoint ? ` of the evaluation endpoint ${endpoint}` : '';
}

/** Whose a key is, where it is not that of the person who issued it. */
function ownedByAnother(event: ReadableLedgerEvent): string {
  const owner = text(event, 'owner');
  if (owner === undefined || owner === event.actor) return '';
  return `, owned by ${event.people[owner] ?? owner}`;
}

/** Events of profiles, purposes and keys, after the name of who did it. */
export const accessDeeds: Record<string, Words> = {
  'profile.created': event => `added the access profile ${named(event)}`,
  'profile.updated': event =>
    `changed the access profile ${named(event)}${changes(event)}`,
  'purpose.created': event => `added the purpose ${named(event)}`,
  'purpose.updated': event =>
    `changed the purpose ${named(event)}${changes(event)}`,
  'key.issued': event =>
    `issued a gateway key${ofEndpoint(event)}${scope(event)}${ownedByAnother(
      event,
    )}`,
  'key.rotated': event => {
    const until = date(event, 'overlapUntil');
    return `gave a gateway key${ofEndpoint(event)}${ofProfile(
      event,
    )} a new secret; the old one ${
      until ? `holds until ${until}` : 'ended at once'
    }`;
  },
  'key.revoked': event =>
    `revoked a gateway key${ofEndpoint(event)}${ofProfile(event)}`,
};

/** The same where nobody did it: whole sentences without the full stop. */
export const accessHappenings: Record<string, Words> = {
  'profile.created': event =>
    `The configuration added the access profile ${named(event)}`,
  'purpose.created': event =>
    `The configuration added the purpose ${named(event)}`,
  'key.owner-missing': event => {
    const after = date(event, 'revokedAfter');
    return `The owner of a gateway key${ofProfile(
      event,
    )} is not in the catalog any more; the key is revoked ${
      after ? `after ${after} ` : ''
    }unless the owner comes back`;
  },
  'key.owner-returned': event =>
    `The owner of a gateway key${ofProfile(event)} is in the catalog again`,
  'key.owner-left': event => {
    const after = date(event, 'revokedAfter');
    return `The owner of a gateway key${ofProfile(
      event,
    )} is no longer a member; gateways refuse the key, and it is revoked ${
      after ? `after ${after} ` : ''
    }unless the owner becomes a member again`;
  },
  'key.owner-rejoined': event =>
    `The owner of a gateway key${ofProfile(event)} is a member again`,
  'key.bound': event =>
    `The gateway key${ofEndpoint(event)} opens ${text(
      event,
      'gatewayId',
    )}@${text(event, 'version')} from now on`,
  'key.revoked': event => {
    const { because } = event.payload;
    if (because === undefined && text(event, 'endpoint')) {
      return `The gateway key${ofEndpoint(
        event,
      )} was revoked, because it ended`;
    }
    return `A gateway key${ofProfile(
      event,
    )} was revoked, because its owner is ${
      because === 'owner-left' ? 'no longer a member' : 'gone'
    }`;
  },
};
