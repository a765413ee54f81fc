import { accessDeeds, accessHappenings } from '../access/eventWords';
import {
  policyDeeds,
  policyHappenings,
} from '../policies/proposals/eventWords';
import { onlineDeeds, onlineHappenings } from '../online/eventWords';
import type { ReadableLedgerEvent } from '../ledger/LedgerStore';

type Words = (event: ReadableLedgerEvent) => string;

const just =
  (words: string): Words =>
  () =>
    words;

/** A field of the payload, where it is a text that says something. */
const field = ({ payload }: ReadableLedgerEvent, name: string) => {
  const value = payload[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** `key:<id>` → `<id>`. */
const idOf = ({ subject }: ReadableLedgerEvent) =>
  subject.slice(subject.indexOf(':') + 1);

const roles: Record<string, string> = { lead: 'team lead' };

function asRole(event: ReadableLedgerEvent): string {
  const role = field(event, 'role');
  return role && role !== 'any' ? ` as ${roles[role] ?? role}` : '';
}

function until(event: ReadableLedgerEvent, name: string): string {
  const at = Date.parse(field(event, name) ?? '');
  return Number.isNaN(at)
    ? ''
    : ` until ${new Date(at).toLocaleDateString('en-GB', {
        dateStyle: 'long',
        timeZone: 'UTC',
      })}`;
}

const check = (gateId: string) => `“${gateId.replace(/-/g, ' ')}”`;

function theCheck(event: ReadableLedgerEvent): string {
  const gateId = field(event, 'gateId');
  return gateId ? `the check ${check(gateId)}` : 'a check';
}

/** The checks that did not pass; other findings speak for themselves in the text. */
function failedChecks({ payload }: ReadableLedgerEvent): string {
  const codes = Array.isArray(payload.findings) ? payload.findings : [];
  const checks = codes
    .map(String)
    .filter(code => code.startsWith('gate-'))
    .map(code => check(code.slice('gate-'.length)));
  if (checks.length === 0) return '';
  const last = checks.pop();
  return checks.length === 0
    ? `: the check ${last} did not pass`
    : `: the checks ${checks.join(', ')} and ${last} did not pass`;
}

/** What a hold on a model keeps off. */
function held(event: ReadableLedgerEvent): string {
  const version = field(event, 'modelVersion');
  return event.payload.covers === 'version' && version
    ? `version ${version} of the model`
    : 'the model';
}

/** What an event says when a person, a service or a gateway did it, after their name. */
export const deeds: Record<string, Words> = {
  'approval.created': just('began a request'),
  'approval.submitted': just('submitted the request; the checks run'),
  'approval.subject-changed': just(
    'changed what was asked for, so the checks run again',
  ),
  'approval.signed': event => `signed${asRole(event)}`,
  'approval.rejected': event => `rejected the request${asRole(event)}`,
  'approval.changes-requested': event => `asked for changes${asRole(event)}`,
  'approval.withdrawn': just('withdrew the request'),
  'approval.approved': event =>
    `gave the last signature; the model is approved${until(
      event,
      'expiresAt',
    )}`,
  'approval.suspended': just('suspended the approval'),
  'approval.hold-cleared': just('cleared a hold; others remain'),
  'approval.reinstated': just('cleared the last hold; the approval is live'),
  'approval.revoked': just('revoked the approval'),
  'approval.emergency-opened': just('opened the model in an emergency'),
  'approval.emergency-reviewed': event => {
    const verdict = field(event, 'verdict');
    return `reviewed the emergency${verdict ? ` and found it ${verdict}` : ''}`;
  },
  'model.suspended': event => `suspended ${held(event)}`,
  'model.hold-cleared': event => `cleared a hold on ${held(event)}`,
  'gate.waived': event => `waived ${theCheck(event)}${until(event, 'until')}`,
  'gate.waiver-ended': event => `ended the waiver of ${theCheck(event)}`,
  'gate.rerun': event => `had ${theCheck(event)} run again`,
  'gate.evidence-submitted': event =>
    `submitted evidence to ${theCheck(event)}`,
  'gate.evidence-withdrawn': event =>
    `withdrew evidence of ${theCheck(event)}, which runs again`,
  'evidence.submitted': event => `submitted evidence to ${theCheck(event)}`,
  'evidence.withdrawn': event => `withdrew evidence of ${theCheck(event)}`,
  'evaluation.run-started': just('started an evaluation'),
  'evaluation.run-cancelled': just('cancelled an evaluation'),
  'evaluation.run-retried': just('took an evaluation up again'),
  'evaluation.run-finished': just('finished an evaluation'),
  'evaluation.run-failed': just('could not finish an evaluation'),
  'evaluation.filed': just('filed an evaluation with own input'),
  'evaluation.attached': just('attached an evaluation as evidence'),
  'evidence-token.issued': just('issued a token for evidence'),
  'evidence-token.exchanged': just('showed its identity to submit evidence'),
  'evidence-token.revoked': just('revoked a token for evidence'),
  ...accessDeeds,
  ...onlineDeeds,
  ...policyDeeds,
  'gateway.invited': event => `invited the gateway ${nameOf(event)}`,
  'gateway.removed': event =>
    field(event, 'name')
      ? `removed the gateway ${nameOf(event)}`
      : 'removed a gateway',
  'allowlist.epoch-raised': just('began a new epoch of the allowlist'),
  'signing-key.rotated': event => {
    const use = field(event, 'use');
    return `replaced the ${use ? `${use} ` : ''}signing key`;
  },
  'ask.opened': just('held a call until a person decides about its tools'),
  'ask.allowed': event =>
    `let a held call offer its tools${
      field(event, 'until') ? ', for the rest of its trace' : ''
    }`,
  'ask.denied': just('refused the tools of a held call'),
  'ask.withdrawn': just('gave up a held call: its caller went away'),
  'passkey.invited': just('invited somebody to enrol a passkey'),
  'passkey.enrolled': just('enrolled a passkey'),
  'passkey.removed': just('removed a passkey'),
  'delegation.created': event =>
    `lets somebody sign in their place${asRole(event)}${until(event, 'until')}`,
  'delegation.ended': just('ended a delegation'),
  'ledger.person-erased': just('erased a name from the record'),
  'ledger.text-erased': just('erased a text from the record'),
};

/** What an event says when nobody did it: whole sentences without the full stop. */
export const happenings: Record<string, Words> = {
  'approval.subject-changed': just(
    'The model changed: the checks run again, and signatures so far no longer count',
  ),
  'model.drifted': just('Calls of it differ from their reference'),
  'approval.gates-passed': just(
    'Every required check passed; people decide now',
  ),
  'approval.gates-failed': event =>
    `Sent back for changes${failedChecks(event)}`,
  'approval.gate-error': event =>
    `Waiting: ${theCheck(event)} could not be run`,
  'approval.gate-needs-evidence': event =>
    `Waiting: ${theCheck(event)} needs evidence`,
  'gate.evidence-filed': event => {
    const names = Object.keys(event.payload.files ?? {});
    const left = `${upper(theCheck(event))} left evidence`;
    return names.length > 0 ? `${left}: ${names.join(', ')}` : left;
  },
  'approval.check-deadline': just(
    'Sent back for changes: the checks took too long',
  ),
  'approval.approved': event =>
    `Approved${until(event, 'expiresAt')}: nobody had to sign`,
  'approval.suspended': event =>
    field(event, 'kind') === 'waiver-ended'
      ? 'The approval was suspended: a waiver that it rested on ended'
      : 'The approval was suspended',
  'approval.waivers-looked-at': event =>
    field(event, 'waivedUntil')
      ? `A waiver ended; others hold${until(event, 'waivedUntil')}`
      : 'A waiver ended; every required check passes without it',
  'approval.reinstated': just(
    'The checks pass again: the hold was cleared and the approval is live',
  ),
  'approval.hold-cleared': just('The checks pass again: a hold was cleared'),
  'approval.revoked': just('The approval was revoked'),
  'approval.expired': just('The approval expired'),
  'approval.life-shortened': event =>
    `The policies in force give it a shorter life: it ends${
      until(event, 'expiresAt').replace(' until', ' on') || ' earlier'
    }`,
  'approval.superseded': just('A newer approval replaced this one'),
  'gate.evidence-submitted': event =>
    `Evidence arrived for ${theCheck(event)}, which runs again`,
  'gate.facts-changed': event =>
    `What ${theCheck(event)} goes by changed, so it runs again`,
  'gate.evidence-outdated': event =>
    `What ${theCheck(
      event,
    )} went by is of an older version now; the approval stays`,
  ...accessHappenings,
  ...onlineHappenings,
  'ask.opened': just('A call waits for a person to decide about its tools'),
  'ask.withdrawn': just('A held call ended before anybody decided'),
  'ask.expired': just('Nobody decided in time about a held call'),
  'gateway.enrolled': event => `The gateway ${nameOf(event)} enrolled`,
  'gateway.re-enrolled': event =>
    `The gateway ${nameOf(event)} enrolled again with another key`,
  'models.listed': ({ payload }) => {
    const { length } = Array.isArray(payload.put) ? payload.put : [];
    return length === 1
      ? 'Gateways learned what the catalog says about a model'
      : 'Gateways learned what the catalog says about models';
  },
  ...policyHappenings,
};

function nameOf(event: ReadableLedgerEvent): string {
  return `“${field(event, 'name') ?? idOf(event)}”`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
