import type { OnlineStop } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { ledgerActor, type Caller } from '../approvals/Caller';
import type { OutboxMessage } from '../outbox';
import type { OnlineDeps } from './deps';
import type { OnlineRecord } from './records';

type Deps = Pick<OnlineDeps, 'clock' | 'ledger' | 'outbox' | 'store'>;

const subjectOf = (id: string) => `online-experiment:${id}`;

/** Those who hear of it: who planned it, and who leads the owner of the profile. */
export async function concerned(
  deps: Pick<OnlineDeps, 'directory' | 'rights'>,
  it: Pick<OnlineRecord, 'profile' | 'createdBy'>,
): Promise<string[]> {
  const profile = await deps.directory.profile(it.profile);
  return [...new Set([it.createdBy, ...(await deps.rights.leadsOf(profile))])];
}

function notice(
  it: OnlineRecord,
  recipients: string[],
  words: { title: string; description: string; excludeRef?: string },
  severity: 'normal' | 'high' = 'normal',
): OutboxMessage {
  return {
    topic: 'notification',
    payload: {
      ...words,
      recipients,
      link: `/model-governance/online/${it.id}`,
      severity,
      scope: `model-governance:online:${it.id}`,
    },
  };
}

/** Writes down that an experiment runs, and sends it to the gateways. */
export async function announceStart(
  deps: Deps,
  tx: Knex.Transaction,
  it: OnlineRecord,
  by: { caller: Caller; recipients: string[] },
): Promise<void> {
  const { caller, recipients } = by;
  const { ledger, outbox } = deps;
  const [event] = await ledger.append(tx, [
    {
      actor: ledgerActor(caller),
      subject: subjectOf(it.id),
      type: 'online.consented',
      payload: {
        title: it.title,
        profile: it.profile,
        textHash: it.consent?.textHash ?? '',
        endsAt: it.endsAt ?? '',
      },
    },
  ]);
  await outbox.add(tx, [
    { topic: 'allowlist', payload: { seq: event.seq } },
    { topic: 'signal', payload: { type: 'online.consented' } },
    notice(it, recipients, {
      title: `“${it.title}” has begun`,
      description: `The owner of ${
        it.profileTitle
      } consented. It ends on ${it.endsAt?.slice(0, 10)} at the latest.`,
      excludeRef: caller.ref,
    }),
  ]);
}

const TYPES: Record<OnlineStop['kind'], string> = {
  withdrawn: 'online.consent-withdrawn',
  person: 'online.stopped',
  worse: 'online.stopped',
  failing: 'online.stopped',
  'not-allowed': 'online.stopped',
  'old-gateway': 'online.stopped',
  drift: 'online.stopped',
  time: 'online.ended',
};

const WORDS: Record<OnlineStop['kind'], string> = {
  withdrawn: 'has ended: its consent was withdrawn',
  person: 'was stopped',
  worse: 'stopped by itself: the challenger is worse',
  failing: 'stopped by itself: the challenger fails',
  'not-allowed': 'stopped by itself: a model is not allowed any more',
  'old-gateway': 'stopped by itself: a gateway does not know experiments',
  drift: 'stopped by itself: calls of the challenger are not as they were',
  time: 'is over',
};

/**
 * Ends an experiment, whatever it takes: its state, the ledger, the gateways and
 * those whom it concerns, in one transaction.
 *
 * @returns false when it was over before
 */
export async function endExperiment(
  deps: Deps,
  tx: Knex.Transaction,
  id: string,
  end: {
    kind: OnlineStop['kind'];
    reason: string;
    caller?: Caller;
    /** See {@link concerned}. */
    recipients: string[];
  },
): Promise<boolean> {
  const { store, ledger, outbox, clock } = deps;
  const it = await store.lock(tx, id);
  if (!it) return false;
  const { kind, reason, caller } = end;
  const by = caller?.kind === 'user' ? caller.ref : undefined;
  const done = await store.stop(
    tx,
    id,
    kind === 'time' || it.state === 'planned' ? 'ended' : 'stopped',
    { at: clock.now().toISOString(), kind, reason, ...(by && { by }) },
  );
  if (!done) return false;
  const [event] = await ledger.append(tx, [
    {
      actor: ledgerActor(caller),
      subject: subjectOf(id),
      type: TYPES[kind],
      payload: { title: it.title, profile: it.profile, kind },
      text: reason,
    },
  ]);
  const isAlarm = !['time', 'person'].includes(kind);
  await outbox.add(tx, [
    { topic: 'allowlist', payload: { seq: event.seq } },
    { topic: 'signal', payload: { type: TYPES[kind] } },
    notice(
      it,
      end.recipients,
      {
        title: `“${it.title}” ${WORDS[kind]}`,
        description: reason,
        ...(by && { excludeRef: by }),
      },
      isAlarm ? 'high' : 'normal',
    ),
  ]);
  return true;
}
