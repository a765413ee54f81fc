import { screen, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { approval } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { MyRequestsContent, NeedsMyDecisionContent } from './ApprovalsWidget';

const page = (items: object[], totalItems = items.length) =>
  new FakeBackend().on('GET /approvals', { items, totalItems });

describe('home widgets', () => {
  it('show what needs a decision, and the way to the rest', async () => {
    const fake = page([approval()], 8);
    await renderGovernance(<NeedsMyDecisionContent />, { backend: fake });
    const list = await screen.findByRole('list', { name: 'Needs my decision' });
    expect(
      within(list).getByRole('link', { name: 'Llama 1.0' }),
    ).toHaveAttribute('href', '/governance/approvals/a1');
    expect(list).toHaveTextContent('waits for team lead');
    expect(screen.getByRole('link', { name: 'All 8' })).toHaveAttribute(
      'href',
      '/governance/queue',
    );
    expect(fake.received[0].path).toContain('needsMyDecision=true');
  });

  it('show what one has asked for', async () => {
    const fake = page([approval({ state: 'approved', waitingFor: [] })]);
    await renderGovernance(<MyRequestsContent />, { backend: fake });
    expect(
      await screen.findByRole('list', { name: 'My requests' }),
    ).toHaveTextContent('Approved');
    expect(screen.queryByRole('link', { name: /^All/ })).toBeNull();
    expect(fake.received[0].path).toContain('requester=me');
  });

  it.each([
    [<NeedsMyDecisionContent key="a" />, 'You are done'],
    [<MyRequestsContent key="b" />, 'You have not asked for a model yet'],
  ])('say that there is nothing', async (element, title) => {
    await renderGovernance(element, { backend: page([]) });
    expect(await screen.findByText(title)).toBeVisible();
  });

  it('say that the queue could not be loaded', async () => {
    await renderGovernance(<NeedsMyDecisionContent />, {
      backend: new FakeBackend().on('GET /approvals', () =>
        failure(503, 'ServiceUnavailableError', 'Try again.'),
      ),
    });
    expect(
      await screen.findByText('The queue could not be loaded'),
    ).toBeVisible();
  });
});
