import { screen, within } from '@testing-library/react';
import { evaluation } from '../__testUtils__/evaluations';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { approval } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { AttachedEvaluations } from './AttachedEvaluations';

const LIST = 'GET /approvals/a1/evaluations';

const show = (backend: FakeBackend) =>
  renderGovernance(
    <>
      <AttachedEvaluations approval={approval({ state: 'in-review' })} />
      <p>The page</p>
    </>,
    { backend },
  );

describe('AttachedEvaluations', () => {
  it('shows what somebody measured with own input, and who attached it', async () => {
    const result = evaluation({
      source: 'person',
      gates: [],
      pack: { name: 'own-input/My tickets', standing: 'not-in-catalog' },
    });
    await show(
      new FakeBackend().on(LIST, {
        items: [
          {
            result,
            attachedBy: 'user:default/dana',
            attachedAt: '2026-05-01T10:00:00Z',
          },
        ],
        mayAttach: false,
      }),
    );
    const table = await screen.findByRole('table', {
      name: 'Attached evaluations',
    });
    expect(within(table).getByText('My tickets')).toBeVisible();
    expect(table).toHaveTextContent('dana');
    expect(screen.getByText(/no check reads it/)).toBeVisible();
  });

  it('is silent where nothing is attached', async () => {
    const backend = new FakeBackend().on(LIST, { items: [], mayAttach: true });
    await show(backend);
    expect(await screen.findByText('The page')).toBeVisible();
    expect(screen.queryByText('Attached evaluations')).toBeNull();
  });

  it('says when it could not be loaded', async () => {
    await show(
      new FakeBackend().on(LIST, () => failure(503, 'Away', 'Come again.')),
    );
    expect(
      await screen.findByText(/attached evaluations could not be loaded/),
    ).toBeVisible();
  });
});
