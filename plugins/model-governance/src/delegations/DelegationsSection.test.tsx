import type { Delegation } from '@modelhub/backstage-plugin-models-common';
import { fireEvent, screen, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { untilProblem } from './DelegateDialog';
import { DelegationsSection } from './DelegationsSection';

const day = (ahead: number) =>
  new Date(Date.now() + ahead * 86_400_000).toISOString();

const delegation = (given: Partial<Delegation>): Delegation => ({
  id: 'd1',
  delegator: 'user:default/dana',
  delegate: 'user:default/nora',
  until: day(7),
  ...given,
});

const backend = (items: Delegation[] = []) =>
  new FakeBackend().on('GET /delegations', () => ({ items: [...items] }));

async function fill(person: string) {
  fireEvent.click(await screen.findByRole('button', { name: 'Delegate…' }));
  fireEvent.change(await screen.findByLabelText(/^Person/), {
    target: { value: person },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Delegate' }));
}

describe('DelegationsSection', () => {
  it('delegates one role until the end of a day', async () => {
    const items: Delegation[] = [];
    const fake = backend(items).on('POST /delegations', () => {
      items.push(delegation({ role: 'lead' }));
      return items[0];
    });
    await renderGovernance(<DelegationsSection />, { backend: fake });
    await screen.findByText('Nobody signs for you, and you sign for nobody');

    fireEvent.click(screen.getByRole('button', { name: 'Delegate…' }));
    const until = day(7).slice(0, 10);
    fireEvent.change(await screen.findByLabelText(/^Person/), {
      target: { value: 'nora' },
    });
    fireEvent.change(screen.getByLabelText(/^Role/), {
      target: { value: 'lead' },
    });
    fireEvent.change(screen.getByLabelText(/^Last day/), {
      target: { value: until },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Delegate' }));

    const table = await screen.findByRole('table', {
      name: 'Delegations',
      hidden: true,
    });
    expect(within(table).getByText('team lead')).toBeInTheDocument();
    const [sent] = fake.sent('POST /delegations');
    expect(sent.body).toEqual({
      delegate: 'user:default/nora',
      role: 'lead',
      until: `${until}T23:59:59.000Z`,
    });
    expect(sent.idempotencyKey).toBeTruthy();
  });

  it('says why nobody could be delegated to', async () => {
    await renderGovernance(<DelegationsSection />, {
      backend: backend().on('POST /delegations', () =>
        failure(400, 'InputError', 'There is no user:default/nobody.'),
      ),
    });
    await fill('nobody');
    expect(await screen.findByText(/no user:default\/nobody/)).toBeVisible();
  });

  it('shows both directions, and not what is over', async () => {
    await renderGovernance(<DelegationsSection />, {
      backend: backend([
        delegation({ id: 'mine' }),
        delegation({
          id: 'theirs',
          delegator: 'user:default/lee',
          delegate: 'user:default/dana',
        }),
        delegation({ id: 'ended', endedAt: day(-1) }),
        delegation({ id: 'past', until: day(-1) }),
      ]),
    });
    const table = await screen.findByRole('table', { name: 'Delegations' });
    const [, mine, theirs, ...others] = within(table).getAllByRole('row');
    expect(others).toEqual([]);
    const cells = (row: HTMLElement) => within(row).getAllByRole('cell');
    expect(cells(mine)[1]).toHaveTextContent('You');
    expect(cells(theirs)[0]).toHaveTextContent('You');
  });

  it('ends one after asking', async () => {
    const items = [delegation({})];
    const fake = backend(items).on('DELETE /delegations/d1', () => {
      const [ended] = items.splice(0, 1);
      return { ...ended, endedAt: day(0) };
    });
    await renderGovernance(<DelegationsSection />, { backend: fake });
    fireEvent.click(
      await screen.findByRole('button', {
        name: 'End the delegation from dana to nora…',
      }),
    );
    expect(fake.sent('DELETE /delegations/d1')).toEqual([]);
    fireEvent.click(await screen.findByRole('button', { name: 'End' }));
    expect(await screen.findByText(/Nobody signs for you/)).toBeInTheDocument();
  });

  it.each([
    ['', 'Choose the last day.'],
    [day(-2).slice(0, 10), 'The last day is over already.'],
    [day(90).slice(0, 10), 'A delegation lasts less than 90 days.'],
    [day(89).slice(0, 10), undefined],
    [day(0).slice(0, 10), undefined],
  ])('takes %s for the last day: %s', (given, problem) => {
    expect(untilProblem(given)).toBe(problem);
  });
});
