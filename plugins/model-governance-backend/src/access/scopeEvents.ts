import type { JsonObject } from '@backstage/types';
import type {
  AccessProfile,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import type { LedgerActor } from '../ledger';
import { isUser, type AccessDeps } from './AccessDeps';

interface Change<T> {
  before: T;
  changed: string[];
}

type Recorder = Pick<AccessDeps, 'ledger' | 'outbox'>;

const json = (value: object): JsonObject => JSON.parse(JSON.stringify(value));

/** Into the ledger, and to the gateways. */
export async function recordProfile(
  { ledger, outbox }: Recorder,
  tx: Knex.Transaction,
  actor: LedgerActor,
  profile: AccessProfile,
  change?: Change<AccessProfile>,
): Promise<void> {
  const { id, title, enforcement, members, settings } = profile;
  const users = members.filter(isUser);
  const [event] = await ledger.append(tx, [
    {
      actor,
      subject: `profile:${id}`,
      type: change ? 'profile.updated' : 'profile.created',
      payload: json({
        title,
        enforcement,
        members: members.filter(ref => !isUser(ref)),
        settings,
        ...(change && {
          changed: change.changed,
          before: {
            enforcement: change.before.enforcement,
            settings: change.before.settings,
          },
        }),
      }),
      people: Object.fromEntries(
        users.map((ref, n) => [`member${n + 1}`, ref]),
      ),
    },
  ]);
  await outbox.add(tx, [{ topic: 'allowlist', payload: { seq: event.seq } }]);
}

const terms = ({ dataClasses, regions, maxRetentionDays, uses }: Purpose) => ({
  dataClasses,
  regions,
  maxRetentionDays,
  uses,
});

/** Into the ledger, and to the gateways. */
export async function recordPurpose(
  { ledger, outbox }: Recorder,
  tx: Knex.Transaction,
  actor: LedgerActor,
  purpose: Purpose,
  change?: Change<Purpose>,
): Promise<void> {
  const [event] = await ledger.append(tx, [
    {
      actor,
      subject: `purpose:${purpose.id}`,
      type: change ? 'purpose.updated' : 'purpose.created',
      payload: json({
        title: purpose.title,
        ...terms(purpose),
        ...(change && {
          changed: change.changed,
          before: terms(change.before),
        }),
      }),
    },
  ]);
  await outbox.add(tx, [{ topic: 'allowlist', payload: { seq: event.seq } }]);
}
