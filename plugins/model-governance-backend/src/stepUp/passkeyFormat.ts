import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  Passkey,
  PasskeyInvitation,
} from '@modelhub/backstage-plugin-models-common';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import type { OutboxMessage } from '../outbox/Outbox';
import type { InvitationRow, PasskeyRow } from './PasskeyStore';

export function asUserRef(text: string): string {
  const ref = parseEntityRef(text, {
    defaultKind: 'user',
    defaultNamespace: 'default',
  });
  if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
    throw new InputError(`${text} is not a user; invite people.`);
  }
  return stringifyEntityRef(ref);
}

export function challengeOf(response: RegistrationResponseJSON): string {
  try {
    const json = Buffer.from(response.response.clientDataJSON, 'base64url');
    return String(JSON.parse(json.toString('utf8')).challenge);
  } catch {
    throw new InputError(
      'response: send what navigator.credentials.create() gave, as JSON',
    );
  }
}

const time = (ms: number | string) => new Date(Number(ms)).toISOString();

export function presentPasskey(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    name: row.name,
    createdAt: time(row.created_at),
    ...(row.last_used_at !== null && { lastUsedAt: time(row.last_used_at) }),
    backedUp: Boolean(row.backed_up),
  };
}

export function presentInvitation(row: InvitationRow): PasskeyInvitation {
  return {
    id: row.id,
    user: row.user_ref,
    invitedBy: row.invited_by,
    expiresAt: time(row.expires_at),
    ...(row.used_at !== null && { usedAt: time(row.used_at) }),
  };
}

export function invitationNotice(userRef: string): OutboxMessage {
  return {
    topic: 'notification',
    payload: {
      recipients: [userRef],
      title: 'Enrol a passkey',
      description:
        'You are invited to enrol a passkey, with which you confirm sign-offs. The invitation holds for 72 hours.',
      link: '/model-governance/passkeys',
      scope: `passkey-invitation:${userRef}`,
    },
  };
}
