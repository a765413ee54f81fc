import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { backends, tip } from '../__testUtils__/fixtures';
import { fill } from '../__testUtils__/fill';
import { renderReviews } from '../__testUtils__/renderReviews';
import { EntityModelReviews } from '../entity/EntityModelReviews';

beforeEach(() => window.localStorage.clear());

describe('the tips of a model', () => {
  it('are searched by words and kind, and copied', async () => {
    const copied: string[] = [];
    // What browsers do with the text that is selected.
    document.execCommand = () =>
      copied.push(String(document.getSelection())) > 0;
    const fake = backends({ tips: [tip()] });
    await renderReviews(<EntityModelReviews />, {
      backends: fake,
      at: '/?view=tips',
    });
    const list = await screen.findByRole('list', { name: 'Tips' });
    expect(within(list).getByText(/Answer as <json> only/)).toBeVisible();
    await userEvent.click(
      within(list).getByRole('button', { name: 'Copy the tip “Plain JSON”' }),
    );
    expect(copied).toEqual(['Answer as <json> only.']);

    await fill(screen.getByLabelText('Search tips'), 'json');
    await userEvent.selectOptions(screen.getByLabelText('Kind'), 'prompt');
    await waitFor(() =>
      expect(
        Object.fromEntries(
          new URLSearchParams(
            fake.sent('GET model-reviews/tips').at(-1)?.path.split('?')[1],
          ),
        ),
      ).toMatchObject({
        entityRef: 'model:acme/writer',
        q: 'json',
        kind: 'prompt',
        sort: 'helpful',
      }),
    );
    expect(screen.getByLabelText('address')).toHaveTextContent('q=json');
  });

  it('are shared with settings that are JSON', async () => {
    const fake = backends({}).on('POST model-reviews/tips', tip());
    await renderReviews(<EntityModelReviews />, {
      backends: fake,
      at: '/?view=tips',
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Share a tip…' }),
    );
    const dialog = within(screen.getByRole('dialog', { name: 'Share a tip' }));
    await userEvent.selectOptions(dialog.getByLabelText(/^Kind/), 'settings');
    await fill(dialog.getByLabelText(/^Title/), 'Colder');
    await fill(dialog.getByLabelText(/^Tip/), 'Turn it down.');
    const settings = dialog.getByLabelText('Settings as JSON');
    await fill(settings, 'temperature: 0');
    expect(settings).toHaveAccessibleDescription(/not JSON/);
    expect(dialog.getByRole('button', { name: 'Publish' })).toBeDisabled();
    await fill(settings, '{"temperature": 0}');
    await userEvent.click(dialog.getByRole('button', { name: 'Publish' }));
    await waitFor(() =>
      expect(fake.sent('POST model-reviews/tips')[0]?.body).toEqual({
        entityRef: 'model:acme/writer',
        kind: 'settings',
        title: 'Colder',
        body: 'Turn it down.',
        settings: { temperature: 0 },
      }),
    );
  });

  it('leave the view when another is opened, and its search with it', async () => {
    await renderReviews(<EntityModelReviews />, {
      backends: backends({ tips: [] }),
      at: '/?view=tips&q=json',
    });
    expect(await screen.findByText('No tip fits')).toBeVisible();
    await act(async () => {
      await userEvent.click(screen.getByRole('tab', { name: 'Questions' }));
    });
    expect(await screen.findByText('Nobody asked anything yet')).toBeVisible();
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\/\?view=questions$/,
    );
  });
});
