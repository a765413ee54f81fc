import { storageApiRef } from '@backstage/core-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { BarsFigure } from './BarsFigure';
import { HeatMapFigure } from './HeatMapFigure';
import { Sparkline } from './Sparkline';
import { TimeSeriesFigure } from './TimeSeriesFigure';
import { countUnit, moneyUnit } from './units';

/** The code of pictures is loaded on demand. */
const PATIENCE = { timeout: 30_000 };
const calls = countUnit('call', 'calls');

const storage = mockApis.storage();
const render = (element: ReactElement) =>
  renderInTestApp(
    <TestApiProvider apis={[[storageApiRef, storage]]}>
      {element}
    </TestApiProvider>,
  );

const burn = (
  <TimeSeriesFigure
    id="burn"
    title="Budget of November"
    step="day"
    unit={moneyUnit('EUR')}
    cumulative
    series={[
      { id: 'spent', label: 'Spent' },
      { id: 'forecast', label: 'Forecast', reckoned: true },
    ]}
    points={[
      { at: '2026-11-01', values: { spent: 10 } },
      { at: '2026-11-02', values: { spent: 20, forecast: 20 } },
      { at: '2026-11-03', values: { forecast: 30 }, low: 25, high: 40 },
    ]}
    band="80 % of months"
    lines={[{ label: 'Budget', value: 35 }]}
    events={[{ label: '50 % told', at: '2026-11-02T10:00:00Z' }]}
    windows={[{ label: 'Reference', from: '2026-11-01', to: '2026-11-02' }]}
  />
);

describe('a figure', () => {
  it('has a sentence, a picture, and the same as a table, which is remembered', async () => {
    const { unmount } = await render(burn);
    const picture = screen.getByRole('img', { name: 'Budget of November' });
    expect(picture).toHaveAccessibleDescription(
      'By day from 1 to 3 November 2026, UTC. Spent: €20.00 by 2 November 2026. Budget: €35.00.',
    );
    await waitFor(() => {
      for (const drawn of [
        'Budget: €35.00',
        'Reference',
        '50 % told',
        '80 % of months',
        // At the ends of their lines.
        'Spent',
        'Forecast',
      ]) {
        expect(picture).toHaveTextContent(drawn);
      }
    }, PATIENCE);

    const toggle = screen.getByRole('button', {
      name: 'Show as table: Budget of November',
    });
    expect(toggle).toHaveAttribute('aria-pressed', 'false');
    await userEvent.tab();
    expect(toggle).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(toggle).toHaveAttribute('aria-pressed', 'true');
    const rows = screen.getAllByRole('row').map(row => row.textContent);
    expect(rows[1]).toBe('3 November 2026–€30.00€25.00€40.00€35.00');
    expect(
      screen.queryByRole('img', { name: 'Budget of November' }),
    ).not.toBeInTheDocument();

    unmount();
    await render(burn);
    expect(
      await screen.findByRole('table', { name: 'Budget of November' }),
    ).toBeVisible();
  });

  it('says that it is loading, failed, or has nothing to show', async () => {
    const retry = jest.fn();
    const bars = { bars: [], unit: calls, of: 'Team', measure: 'Calls' };
    await render(
      <>
        <BarsFigure {...bars} id="a" title="A" loading />
        <BarsFigure
          {...bars}
          id="b"
          title="B"
          error={new Error('no disk')}
          retry={retry}
        />
        <BarsFigure {...bars} id="c" title="C" empty={<p>No calls yet</p>} />
      </>,
    );
    expect(screen.getByRole('status', { name: 'A is loading' })).toBeVisible();
    expect(screen.getByText('B could not be loaded')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalled();
    expect(screen.getByText('No calls yet')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Show as table/ }),
    ).not.toBeInTheDocument();
  });

  it('has a long table in parts', async () => {
    await render(
      <TimeSeriesFigure
        id="long"
        title="Long"
        step="day"
        unit={calls}
        series={[{ id: 'calls', label: 'Calls', as: 'bar' }]}
        points={Array.from({ length: 40 }, (_, index) => ({
          at: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
          values: { calls: index },
        }))}
      />,
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show as table: Long' }),
    );
    expect(screen.getAllByRole('row')).toHaveLength(32);
    expect(screen.getAllByRole('row')[1]).toHaveTextContent('9 February 2026');
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all 40 rows' }),
    );
    expect(screen.getAllByRole('row')).toHaveLength(41);
  });

  it('draws bars with names and values, and weeks', async () => {
    await render(
      <>
        <BarsFigure
          id="teams"
          title="Teams"
          bars={[
            { id: 'a', label: 'Checkout', value: 30 },
            {
              id: 'b',
              label: 'A team with a rather long name, which is shortened',
              value: 10,
            },
          ]}
          unit={calls}
          of="Team"
          measure="Calls"
        />
        <HeatMapFigure
          id="week"
          title="Week"
          cells={[{ weekday: 1, hour: 9, value: 7 }]}
          unit={calls}
        />
        <Sparkline values={[1, 2, 3]} label="Calls: rising" />
      </>,
    );
    const bars = screen.getByRole('img', { name: 'Teams' });
    await waitFor(() => expect(bars).toHaveTextContent('30 calls'), PATIENCE);
    expect(bars).toHaveTextContent('Checkout');
    expect(bars).toHaveTextContent(/A team with a rather[^,]*…/);
    expect(screen.getByRole('img', { name: 'Week' })).toHaveTextContent(
      'Monday, 9 o’clock: 7 calls',
    );
    expect(screen.getByRole('img', { name: 'Calls: rising' })).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show as table: Week' }),
    );
    expect(
      screen.getByRole('row', { name: '09–10 7 0 0 0 0 0 0' }),
    ).toBeVisible();
  });
});
