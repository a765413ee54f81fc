import { failure } from '@modelhub/backstage-plugin-models-react/testUtils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { backends } from '../__testUtils__/fixtures';
import { renderUsage } from '../__testUtils__/renderUsage';
import { gateways, objective, performanceOf } from './__testUtils__/fixtures';
import { ModelObjectivesSection } from './ModelObjectives';

const alert = {
  id: 'a-1',
  severity: 'page' as const,
  rule: 'fast' as const,
  openedAt: '2026-11-22T03:10:00.000Z',
  peakBurn: 33,
  budgetLeft: 0.9,
};

const full = () =>
  backends()
    .on('GET model-usage/objectives', ({ path }) => ({
      items: path.includes('plane=control')
        ? [gateways()]
        : [
            objective({ state: 'burning', budgetLeft: -1, alerts: [alert] }),
            objective({ id: 'o-3', kind: 'latency', limitMs: 2_000 }),
          ],
      maySetControlPlane: false,
    }))
    .on('GET model-usage/objectives/o-1', objective({ alerts: [alert] }))
    .on('GET model-usage/objectives/o-1/performance', performanceOf())
    .on('GET model-usage/objectives/o-1/alerts', { items: [alert] })
    .on('GET model-usage/objectives/o-1/changes', {
      items: [
        {
          at: '2026-11-20T10:00:00.000Z',
          by: 'default',
          action: 'changed',
          reason: 'Default of internal',
          before: { target: 0.99, windowDays: 28, notify: [] },
          after: { target: 0.999, windowDays: 28, notify: [] },
        },
      ],
    })
    .on('POST model-usage/objectives/preview', {
      from: '2026-10-25T00:00:00.000Z',
      to: '2026-11-22T00:00:00.000Z',
      events: 1_000,
      good: 993,
      kept: 0.993,
      budgetLeft: 0.3,
      days: [],
    });

describe('the objectives', () => {
  it('of models and of the control plane stand apart, in words and as bars', async () => {
    await renderUsage('/objectives', { backends: full() });
    const models = await screen.findByRole('table', {
      name: 'Objectives of models',
    });
    const [, first, second] = within(models).getAllByRole('row');
    expect(within(first).getByText('Burning')).toBeVisible();
    expect(within(first).getByRole('meter')).toHaveAttribute(
      'aria-valuetext',
      'Overspent: 2 times what may fail',
    );
    expect(
      within(first).getByRole('link', { name: 'Availability of Llama' }),
    ).toHaveAttribute('href', '/model-usage/objectives/o-1');
    expect(second).toHaveTextContent('99.9 % within 2 s, over 28 days');
    const control = await screen.findByRole('table', {
      name: 'Objectives of the control plane',
    });
    expect(control).toHaveTextContent('Gateway availability');
    expect(control).not.toHaveTextContent('Llama');
    expect(
      screen.queryByRole('button', { name: /control plane/ }),
    ).not.toBeInTheDocument();
  });

  it('are filtered by state, and say when there are none', async () => {
    const given = full().on('GET model-usage/objectives', {
      items: [],
      maySetControlPlane: true,
    });
    await renderUsage('/objectives', { backends: given });
    expect(
      await screen.findByText('No model has an objective yet'),
    ).toBeVisible();
    expect(
      screen.getByText('The control plane has no objectives'),
    ).toBeVisible();
    fireEvent.change(screen.getByLabelText('State'), {
      target: { value: 'missed' },
    });
    expect(
      await screen.findByText('No objective is in the state “Missed”'),
    ).toBeVisible();
    expect(
      given
        .sent('GET model-usage/objectives')
        .some(({ path }) => path.includes('state=missed')),
    ).toBe(true);
    await userEvent.click(
      screen.getByRole('button', { name: 'Set for the control plane…' }),
    );
    expect(
      await screen.findByRole('option', { name: 'Approval service' }),
    ).toBeInTheDocument();
  });

  it('are set with a preview of how they would have been kept', async () => {
    const given = full().on(
      'POST model-usage/objectives',
      objective({ id: 'o-1' }),
    );
    await renderUsage('/objectives', {
      backends: given,
      element: <ModelObjectivesSection model="meta/llama" />,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Set objective…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.selectOptions(
      dialog.getByLabelText('What has to be kept'),
      'Latency',
    );
    const save = dialog.getByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/Complete within/), '2000');
    await userEvent.clear(dialog.getByLabelText(/Share that has to be good/));
    await userEvent.type(
      dialog.getByLabelText(/Share that has to be good/),
      '99',
    );
    expect(
      await dialog.findByText(
        /Over the last 28 days 99.3 % were good \(7 of 1,000 failed\): it would have been kept/,
      ),
    ).toBeVisible();
    await userEvent.type(dialog.getByLabelText('Why'), 'Support waits');
    await userEvent.click(save);
    await waitFor(() =>
      expect(given.sent('POST model-usage/objectives')).toHaveLength(1),
    );
    const [{ body, idempotencyKey }] = given.sent(
      'POST model-usage/objectives',
    );
    expect(body).toEqual({
      kind: 'latency',
      model: 'meta/llama',
      target: 0.99,
      limitMs: 2_000,
      windowDays: 28,
      notify: [],
      reason: 'Support waits',
    });
    expect(idempotencyKey).toBeTruthy();
  });
});

describe('one objective', () => {
  it('tells what burns, how the budget went, who was told and who changed it', async () => {
    await renderUsage('/objectives/o-1', { backends: full() });
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'Availability of Llama',
      }),
    ).toBeVisible();
    expect(
      screen.getByText(
        /Somebody has to look now: since 22 Nov 2026, 03:10 UTC/,
      ),
    ).toBeVisible();
    const left = await screen.findByRole('table', {
      name: 'Error budget left',
    });
    expect(within(left).getAllByRole('row')).toHaveLength(3);
    expect(
      screen.getByText(
        /Fastest: 10 times as fast as it may \(2026-11-22 04:00, 1 of 100 failed\)/,
      ),
    ).toBeVisible();
    expect(
      await screen.findByRole('table', { name: 'Alerts' }),
    ).toHaveTextContent('Not over');
    expect(
      await screen.findByRole('table', { name: 'Who set and changed it' }),
    ).toHaveTextContent('By default');
  });

  it('is changed at the version that was seen, and says when somebody was faster', async () => {
    const given = full().on('PUT model-usage/objectives/o-1', () =>
      failure(
        409,
        'ConflictError',
        'Somebody else changed this objective meanwhile.',
      ),
    );
    await renderUsage('/objectives/o-1', { backends: given });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Change…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.selectOptions(dialog.getByLabelText('Over'), '7');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByText(/Somebody else changed/)).toBeVisible();
    expect(given.sent('PUT model-usage/objectives/o-1')[0].body).toEqual({
      version: 3,
      target: 0.999,
      windowDays: 7,
      notify: [],
    });
  });

  it('is removed with a reason', async () => {
    const given = full().on(
      'DELETE model-usage/objectives/o-1',
      () => new Response(undefined, { status: 204 }),
    );
    await renderUsage('/objectives/o-1', { backends: given });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Why'), 'Retired');
    await userEvent.click(dialog.getByRole('button', { name: 'Remove' }));
    expect(
      await screen.findByRole('table', { name: 'Objectives of models' }),
    ).toBeVisible();
    const [{ path }] = given.sent('DELETE model-usage/objectives/o-1');
    expect(path).toContain('version=3');
    expect(path).toContain('reason=Retired');
  });

  it('offers nothing to those who may not change it', async () => {
    const given = full().on(
      'GET model-usage/objectives/o-1',
      objective({ mayChange: false, fewEvents: true }),
    );
    await renderUsage('/objectives/o-1', { backends: given });
    expect(
      await screen.findByText(/None while so few calls come/),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Change…' }),
    ).not.toBeInTheDocument();
  });

  it('that is not there says so', async () => {
    const gone = () => failure(404, 'NotFoundError', 'There is no objective.');
    const given = full()
      .on('GET model-usage/objectives/o-1', gone)
      .on('GET model-usage/objectives/o-1/performance', gone);
    await renderUsage('/objectives/o-1', { backends: given });
    expect(
      await screen.findByText('The objective could not be loaded'),
    ).toBeVisible();
  });
});
