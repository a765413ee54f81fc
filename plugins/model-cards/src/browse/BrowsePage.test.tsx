import type { JsonObject } from '@backstage/types';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeBackends } from '../__testUtils__/FakeBackends';
import { modelRow } from '../__testUtils__/models';
import { renderCards } from '../__testUtils__/renderCards';
import { BrowsePage } from './BrowsePage';

// Pages of twenty models take their time in jsdom.
jest.setTimeout(30_000);

const someModels = () =>
  new FakeBackends([
    modelRow('writer', {
      title: 'Writer',
      tasks: ['summarization'],
      minGpuMemoryGiB: 80,
      contextTokens: 131_072,
      licence: { id: 'mit', name: 'MIT License', commercialUse: 'yes' },
      maturity: 'validated',
      tiers: ['sandbox', 'internal'],
    }),
    modelRow('painter', {
      title: 'Painter',
      type: 'image-generation',
      tasks: ['text-to-image'],
      minGpuMemoryGiB: 10,
      maturity: 'experimental',
    }),
    modelRow('old-writer', {
      title: 'Old writer',
      tasks: ['summarization'],
      lifecycle: 'deprecated',
      maturity: 'validated',
      holds: 2,
    }),
  ]);

const manyModels = (count: number) =>
  new FakeBackends(
    Array.from({ length: count }, (_, index) =>
      modelRow(`m-${index}`, { title: `Model number ${index}` }),
    ),
  );

const address = () => screen.getByLabelText('address').textContent;
const pager = (name: string) => screen.getByText(name).closest('button')!;
const titles = () =>
  screen.getAllByRole('heading', { level: 3 }).map(item => item.textContent);

describe('BrowsePage', () => {
  it('says first where a model may be used, then what it is', async () => {
    await renderCards(<BrowsePage />, { backends: someModels() });

    const writer = (await screen.findByText('Writer')).closest('article')!;
    const words = writer.textContent!;
    expect(words.indexOf('Internal')).toBeGreaterThan(-1);
    expect(words.indexOf('Internal')).toBeLessThan(words.indexOf('Licence'));
    expect(words).toContain('MIT License, commercial use allowed');
    expect(words).toContain('128K tokens');
    expect(words).toContain('80 GiB');
    expect(within(writer).queryByText('Not approved yet')).toBeNull();

    const painter = screen.getByText('Painter').closest('article')!;
    expect(within(painter).getByText('Not approved yet')).toBeInTheDocument();

    const old = screen.getByText('Old writer').closest('article')!;
    expect(within(old).getByText('On hold')).toBeInTheDocument();
    expect(within(old).queryByText('Not approved yet')).toBeNull();
    expect(screen.getByText('3 models')).toBeInTheDocument();
  });

  it('says nothing about approval where governance is not installed', async () => {
    const backends = new FakeBackends([
      modelRow('writer', { title: 'Writer' }),
    ]);
    await renderCards(<BrowsePage />, { backends });

    await screen.findByText('Writer');
    expect(screen.queryByText('Not approved yet')).toBeNull();
  });

  it('shows what people gave, and lists the best alone', async () => {
    const backends = new FakeBackends([
      modelRow('writer', { rating: { average: 4.26, count: 12 } }),
      modelRow('painter', { rating: { average: 3.1, count: 1 } }),
      modelRow('unknown'),
    ]);
    await renderCards(<BrowsePage />, { backends });
    const writer = (await screen.findByText('writer')).closest('article')!;
    expect(
      within(writer).getByRole('img', { name: '4.3 of 5 stars' }),
    ).toBeInTheDocument();
    expect(within(writer).getByText('4.3 by 12 people')).toBeInTheDocument();
    expect(screen.getByText('3.1 by 1 person')).toBeInTheDocument();
    const unknown = screen.getByText('unknown').closest('article')!;
    expect(within(unknown).queryByRole('img', { name: /stars/ })).toBeNull();

    expect(screen.getByRole('radio', { name: /^Any/ })).toBeChecked();
    await userEvent.click(
      screen.getByRole('radio', { name: /^4 and more.*1 models/ }),
    );
    await waitFor(() => expect(titles()).toEqual(['writer']));
    expect(address()).toBe('/models?minRating=4');
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Remove the filter Stars: 4 and more',
      }),
    );
    await waitFor(() => expect(titles()).toHaveLength(3));
  });

  it('shows new stars by itself, and keeps the list when asking fails', async () => {
    const backends = new FakeBackends([modelRow('writer')]);
    const listeners = new Map<string, (message: JsonObject) => void>();
    await renderCards(<BrowsePage />, { backends, listeners });
    await screen.findByText('writer');
    expect(screen.queryByText('4.5 by 1 person')).toBeNull();

    backends.rows[0].rating = { average: 4.5, count: 1 };
    act(() => listeners.get('model-cards')?.({ type: 'changed' }));
    expect(await screen.findByText('4.5 by 1 person')).toBeInTheDocument();

    const asked = backends.requests.length;
    backends.failure = { status: 500, name: 'Error', message: 'is away' };
    act(() => listeners.get('model-cards')?.({ type: 'changed' }));
    await waitFor(
      () => expect(backends.requests.length).toBeGreaterThan(asked),
      { timeout: 3_000 },
    );
    await act(async () => {});
    expect(screen.getByText('4.5 by 1 person')).toBeInTheDocument();
    expect(screen.queryByText('The models could not be loaded')).toBeNull();
  });

  it('does not speak of stars where nobody rated anything', async () => {
    await renderCards(<BrowsePage />, { backends: someModels() });
    await screen.findByText('Writer');
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it('keeps words and filters in the URL, and takes them from there', async () => {
    const backends = someModels();
    await renderCards(<BrowsePage />, {
      backends,
      at: '/models?q=wri&task=summarization&sort=updated&order=asc',
    });

    await screen.findByText('Writer');
    expect(titles()).toEqual(['Writer', 'Old writer']);
    expect(backends.lastQuery.get('sort')).toBe('updated');
    expect(backends.lastQuery.get('order')).toBe('asc');
    expect(screen.getByLabelText('Search models')).toHaveValue('wri');

    await userEvent.click(screen.getByRole('button', { name: /^Lifecycle/ }));
    await userEvent.click(screen.getByLabelText(/Deprecated/));
    await waitFor(() => expect(titles()).toEqual(['Old writer']));
    expect(address()).toBe(
      '/models?q=wri&task=summarization&lifecycle=deprecated&sort=updated&order=asc',
    );

    await userEvent.click(screen.getByText('browser back'));
    await waitFor(() => expect(titles()).toEqual(['Writer', 'Old writer']));
  });

  it('searches when one stops typing', async () => {
    const backends = someModels();
    await renderCards(<BrowsePage />, { backends });
    await screen.findByText('Writer');

    await userEvent.type(screen.getByLabelText('Search models'), 'paint');
    // The pause, and a page to draw, on a machine that may be busy.
    await waitFor(() => expect(titles()).toEqual(['Painter']), {
      timeout: 20_000,
    });
    expect(address()).toBe('/models?q=paint');
    expect(backends.lastQuery.get('sort')).toBe('relevance');
  });

  it('takes a number over on Enter and refuses what is none', async () => {
    await renderCards(<BrowsePage />, { backends: someModels() });
    await screen.findByText('Writer');

    const memory = screen.getByLabelText('GPU memory at most (GiB)');
    await userEvent.type(memory, 'lots{Enter}');
    expect(screen.getByText('Give a number, or nothing.')).toBeInTheDocument();
    expect(address()).toBe('/models');

    await userEvent.clear(memory);
    await userEvent.type(memory, '24{Enter}');
    await waitFor(() => expect(titles()).toEqual(['Painter', 'Old writer']));
    expect(address()).toBe('/models?maxGpuMemoryGiB=24');
  });

  it('removes one filter by its chip, and all of them', async () => {
    await renderCards(<BrowsePage />, {
      backends: someModels(),
      at: '/models?type=llm&task=text-to-image',
    });

    expect(await screen.findByText('Nothing found')).toBeInTheDocument();
    expect(
      screen.getByText(/Remove “Kind of model: Language model”/),
    ).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', {
        name: 'Remove the filter Kind of model: Language model',
      }),
    );
    await waitFor(() => expect(titles()).toEqual(['Painter']));
    expect(address()).toBe('/models?task=text-to-image');

    await userEvent.click(
      screen.getByRole('button', { name: 'Remove all filters' }),
    );
    await waitFor(() => expect(titles()).toHaveLength(3));
    expect(address()).toBe('/models');
  });

  it('turns pages forth and back, and a filter starts from the first', async () => {
    const backends = manyModels(45);
    await renderCards(<BrowsePage />, { backends });

    expect(await screen.findByText('1 to 20 of 45 models')).toBeInTheDocument();
    expect(pager('Previous page')).toBeDisabled();

    await userEvent.click(pager('Next page'));
    const second = await screen.findByText('21 to 40 of 45 models');
    expect(second).toHaveFocus();
    expect(titles()[0]).toBe('Model number 20');

    await userEvent.click(pager('Next page'));
    expect(
      await screen.findByText('41 to 45 of 45 models'),
    ).toBeInTheDocument();
    expect(pager('Next page')).toBeDisabled();

    await userEvent.click(pager('Previous page'));
    expect(
      await screen.findByText('21 to 40 of 45 models'),
    ).toBeInTheDocument();
    expect(address()).toBe('/models?cursor=after-20&page=2');

    await userEvent.click(screen.getByLabelText(/Language model/));
    expect(await screen.findByText('1 to 20 of 45 models')).toBeInTheDocument();
    expect(address()).toBe('/models?type=llm');
  });

  it('goes to the first page from a shared link into the middle', async () => {
    await renderCards(<BrowsePage />, {
      backends: manyModels(45),
      at: '/models?cursor=after-20&page=2',
    });

    expect(
      await screen.findByText('21 to 40 of 45 models'),
    ).toBeInTheDocument();
    await userEvent.click(pager('Previous page'));
    expect(await screen.findByText('1 to 20 of 45 models')).toBeInTheDocument();
  });

  it('says what went wrong and tries again', async () => {
    const backends = someModels();
    backends.failure = {
      status: 503,
      name: 'ServiceUnavailableError',
      message: 'The index is being built',
    };
    await renderCards(<BrowsePage />, { backends });

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The models could not be loaded');
    expect(alert).toHaveTextContent('The index is being built');

    backends.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Writer')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('tells a reader without permission so, without a way to try again', async () => {
    const backends = someModels();
    backends.failure = {
      status: 403,
      name: 'NotAllowedError',
      message: 'Not for you',
    };
    await renderCards(<BrowsePage />, { backends });

    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('says how models get here when there are none', async () => {
    await renderCards(<BrowsePage />, { backends: new FakeBackends() });

    expect(
      await screen.findByText('There are no models yet'),
    ).toBeInTheDocument();
  });

  it('shows a long facet shortly, by keyboard too', async () => {
    const backends = new FakeBackends(
      Array.from({ length: 9 }, (_, index) =>
        modelRow(`m-${index}`, { tasks: [`task-${index}`] }),
      ),
    );
    await renderCards(<BrowsePage />, { backends });

    expect(await screen.findByLabelText(/Task 5/)).toBeInTheDocument();
    expect(screen.queryByLabelText(/Task 6/)).toBeNull();
    screen.getByRole('button', { name: '3 more: Task' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByLabelText(/Task 8/)).toBeInTheDocument();

    const toggle = screen.getByRole('button', { name: 'Task' });
    expect(toggle).toHaveAttribute('aria-expanded', 'true');
    toggle.focus();
    await userEvent.keyboard('{Enter}');
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    expect(screen.getByLabelText(/Task 8/)).not.toBeVisible();
  });
});
