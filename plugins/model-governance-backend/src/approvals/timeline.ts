import type { TimelineEntry } from '@modelhub/backstage-plugin-models-common';
import type { ReadableLedgerEvent } from '../ledger/LedgerStore';
import { deeds, happenings } from './timelineText';

/** One readable sentence about an event, which begins with the person where one did it. */
export function describeEvent(event: ReadableLedgerEvent): string {
  const { type, actor, actorRef, payload } = event;
  const byItself = actor === 'system' || actor.startsWith('service:');
  const happening = byItself ? happenings[type] : undefined;
  if (happening) return `${happening(event)}.`;
  const who = actor === 'system' ? 'The hub' : actorRef ?? actor;
  const what = deeds[type]?.(event) ?? wordsOf(type);
  const how = payload.stepUp ? ' with a passkey' : '';
  return `${who} ${what}${how}.`;
}

/** `budget.lease-ended` → `did: budget lease ended`, for events of rooms that came later. */
function wordsOf(type: string): string {
  return `did: ${type.replace(/[.-]+/g, ' ')}`;
}

export function presentEvent(event: ReadableLedgerEvent): TimelineEntry {
  return {
    seq: event.seq,
    at: event.at,
    actor: event.actorRef ?? event.actor,
    type: event.type,
    subject: event.subject,
    entityRef: event.entityRef,
    approvalId: event.approvalId,
    summary: describeEvent(event),
    text: event.text,
    payload: event.payload as TimelineEntry['payload'],
    hash: event.hash,
  };
}
