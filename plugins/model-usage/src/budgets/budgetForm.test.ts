import { budget, spending } from '../__testUtils__/fixtures';
import {
  type BudgetForm,
  formOf,
  inputOf,
  isComplete,
  problemsOf,
} from './budgetForm';

const form = (given: Partial<BudgetForm> = {}): BudgetForm => ({
  kind: 'profile',
  subject: 'checkout',
  amount: '50',
  currency: 'EUR',
  notify: '',
  ...given,
});

describe('the form of a budget', () => {
  it('begins with what there is', () => {
    expect(formOf(spending({ budget: budget() }), 'USD')).toEqual(
      form({ notify: 'group:default/finance' }),
    );
    expect(formOf(spending(), 'USD')).toEqual(form({ amount: '' }));
    expect(formOf(spending({ costs: [] }), 'USD')).toMatchObject({
      currency: 'USD',
    });
    expect(formOf(undefined, 'CHF')).toEqual(
      form({ subject: '', amount: '', currency: 'CHF' }),
    );
  });

  it.each<[string, Partial<BudgetForm>, string]>([
    ['an amount below nothing', { amount: '-1' }, 'amount'],
    ['an amount that is none', { amount: 'ten' }, 'amount'],
    ['too large an amount', { amount: '1e10' }, 'amount'],
    ['no currency', { currency: 'EURO' }, 'currency'],
    [
      'a user for a team',
      { kind: 'team', subject: 'user:default/a' },
      'subject',
    ],
    ['nobody to tell', { notify: 'finance' }, 'notify'],
    [
      'too many to tell',
      { notify: Array.from({ length: 21 }, (_, n) => `user:u${n}`).join(' ') },
      'notify',
    ],
  ])('refuses %s', (_, given, field) => {
    expect(Object.keys(problemsOf(form(given)))).toEqual([field]);
    expect(isComplete(form(given))).toBe(false);
  });

  it.each<Partial<BudgetForm>>([
    { amount: '' },
    { subject: ' ' },
    { currency: '' },
  ])('is not complete with %j, which is no mistake yet', given => {
    expect(problemsOf(form(given))).toEqual({});
    expect(isComplete(form(given))).toBe(false);
  });

  it('becomes what the backend takes', () => {
    const given = form({
      kind: 'team',
      subject: 'Checkout',
      amount: '0.5',
      notify: 'user:default/a, user:default/a\ngroup:b',
    });
    expect(isComplete(given)).toBe(true);
    expect(inputOf(given)).toEqual({
      kind: 'team',
      subject: 'group:default/checkout',
      budget: {
        amount: 0.5,
        currency: 'EUR',
        notify: ['user:default/a', 'group:b'],
      },
    });
  });
});
