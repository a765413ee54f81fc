import { act, screen } from '@testing-library/react';
import { FakeBackends } from '../__testUtils__/FakeBackends';
import { modelEntity, modelRow } from '../__testUtils__/models';
import { renderCards } from '../__testUtils__/renderCards';
import { NewModels } from './NewModels';

describe('NewModels', () => {
  afterEach(() => jest.useRealTimers());

  it('looks again while the read side fills itself', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const rows: ReturnType<typeof modelRow>[] = [];
    const backends = new FakeBackends(rows);
    await renderCards(<NewModels />, { backends, entity: modelEntity() });
    expect(
      await screen.findByText('There are no models yet'),
    ).toBeInTheDocument();

    rows.push(modelRow('writer', { title: 'Writer' }));
    await act(() => jest.advanceTimersByTimeAsync(5_000));

    expect(await screen.findByText('Writer')).toBeInTheDocument();
    const asked = backends.requests.length;
    await act(() => jest.advanceTimersByTimeAsync(20_000));
    expect(backends.requests).toHaveLength(asked);
  });
});
