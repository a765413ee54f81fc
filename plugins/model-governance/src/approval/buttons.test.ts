import { approval, option, refused } from '../__testUtils__/fixtures';
import { commandView, reasonFor } from './buttons';

describe('commandView', () => {
  it.each([
    [
      'an allowed sign-off',
      option('approve', { role: 'lead' }),
      'Approve as lead',
      true,
    ],
    [
      'one for somebody else',
      option('approve', { role: 'legal', onBehalfOf: 'user:default/lara' }),
      'Approve as legal for lara',
      true,
    ],
    [
      'a rejection',
      option('reject', { role: 'security' }),
      'Reject as security…',
      true,
    ],
    [
      'a request for changes',
      option('request-changes', { role: 'risk' }),
      'Request changes as risk…',
      true,
    ],
    ['a submission', option('submit'), 'Submit request', true],
    ['a withdrawal', option('withdraw'), 'Withdraw…', true],
    ['a suspension', option('suspend'), 'Suspend…', true],
    ['a revocation', option('revoke'), 'Revoke…', true],
    ['a hold', option('clear-hold', { holdId: 'h1' }), 'Clear hold…', true],
    [
      'a passkey still to be asked for',
      refused('approve', 'step-up-required', 'Confirm with your passkey.', {
        role: 'security',
      }),
      'Approve as security',
      true,
    ],
    [
      'a reason still to be given',
      refused('suspend', 'reason-missing', 'Give a reason.'),
      'Suspend…',
      true,
    ],
    [
      'a role that is filled',
      refused('approve', 'role-complete', 'The role lead is already filled.', {
        role: 'lead',
      }),
      'Approve as lead',
      false,
    ],
    [
      'gates that have not passed',
      refused(
        'approve',
        'gates-not-satisfied',
        'A required gate has not passed.',
        { role: 'lead' },
      ),
      'Approve as lead',
      false,
    ],
    [
      'a version that is not pinned',
      refused('submit', 'version-not-pinned', 'This version is not pinned.'),
      'Submit request',
      false,
    ],
  ])('draws %s', (_, command, label, enabled) => {
    const view = commandView(approval({ state: 'draft', commands: [command] }));
    expect(view.buttons).toEqual([
      {
        option: command,
        label,
        enabled,
        ...(enabled ? {} : { hint: command.refusal?.message }),
      },
    ]);
    expect(view.notes).toEqual([]);
  });

  it.each([
    'illegal-transition',
    'not-allowed',
    'not-a-person',
    'role-not-asked',
    'role-not-held',
  ])('draws nothing for %s', code => {
    expect(
      commandView(approval({ commands: [refused('revoke', code, 'No.')] })),
    ).toEqual({ buttons: [], notes: [] });
  });

  it.each(['own-request', 'already-signed', 'owner-conflict'])(
    'says %s once, in words, instead of greying out every button',
    code => {
      const view = commandView(
        approval({
          commands: [
            refused('approve', code, 'Not you.', { role: 'lead' }),
            refused('reject', code, 'Not you.', { role: 'lead' }),
            option('withdraw'),
          ],
        }),
      );
      expect(view.notes).toEqual(['Not you.']);
      expect(view.buttons.map(button => button.label)).toEqual(['Withdraw…']);
    },
  );

  it('puts what moves the request on first, what ends it last', () => {
    const view = commandView(
      approval({
        commands: [
          option('revoke'),
          option('withdraw'),
          option('reject', { role: 'lead' }),
          option('approve', { role: 'lead' }),
        ],
      }),
    );
    expect(view.buttons.map(button => button.label)).toEqual([
      'Approve as lead',
      'Reject as lead…',
      'Withdraw…',
      'Revoke…',
    ]);
  });

  it('calls a second submission by its name', () => {
    const view = commandView(
      approval({ state: 'changes-requested', commands: [option('submit')] }),
    );
    expect(view.buttons[0].label).toBe('Submit again');
  });
});

describe('reasonFor', () => {
  it('asks for a reason where the state machine does, offers a comment to a signer', () => {
    expect(reasonFor(option('suspend', { needsReason: true }))).toMatchObject({
      required: true,
    });
    expect(reasonFor(option('approve'))).toMatchObject({ required: false });
    expect(reasonFor(option('submit'))).toBeUndefined();
  });
});
