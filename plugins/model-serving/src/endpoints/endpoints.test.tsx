import {
  failure,
  FakeBackends,
} from '@modelhub/backstage-plugin-models-react/testUtils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { endpoint, preview } from '../__testUtils__/fixtures';
import { fill } from '../__testUtils__/fill';
import { renderServing } from '../__testUtils__/renderServing';
import { EvaluateCard } from '../entity/EvaluateCard';
import { EvaluateRoutes } from '../page/EvaluateRoutes';

const engines = {
  items: [
    {
      id: 'kserve-eu',
      title: 'Cluster in Europe',
      hasGpus: true,
      health: {
        state: 'away',
        message: 'The API server does not answer.',
        since: '2026-11-02T09:00:00Z',
      },
      endpoints: 1,
    },
  ],
};

const backends = () =>
  new FakeBackends()
    .on('GET model-serving/engines', engines)
    .on('GET model-serving/endpoints', { items: [] })
    .on('GET model-serving/endpoints/e1/events', {
      items: [
        {
          at: '2026-11-02T10:00:00Z',
          source: 'hub',
          level: 'info',
          type: 'asked',
          message: 'Asked for.',
        },
      ],
      engineProblem: 'it is away.',
    });

it('evaluates a model from its card: what it takes, then one button, then a key that is shown once', async () => {
  const fake = backends()
    .on('POST model-serving/endpoints/preview', ({ body }) =>
      preview({
        team: String(body?.team ?? 'group:default/care'),
        ...(body?.team === 'group:default/shop' && {
          mayCreate: false,
          reason: 'Shop has 2 of 2 endpoints. Stop one first.',
        }),
      }),
    )
    .on('POST model-serving/endpoints', {
      ...endpoint({ state: 'checking', connection: undefined }),
      secret: 'mh_secret',
    })
    .on(
      'GET model-serving/endpoints/e1',
      endpoint({ state: 'checking', connection: undefined }),
    );
  await renderServing(
    <>
      <EvaluateCard />
      <EvaluateRoutes />
    </>,
    { backends: fake },
  );
  await userEvent.click(
    await screen.findByRole('button', { name: 'Evaluate this model' }),
  );
  const dialog = within(
    screen.getByRole('dialog', { name: 'Evaluate Writer' }),
  );
  expect(
    await dialog.findByText('€3.20 for 4 hours, €0.80 an hour'),
  ).toBeVisible();
  expect(dialog.getByText('It starts at once')).toBeVisible();
  expect(dialog.getByText('Version 0.9 has no artifact.')).toBeVisible();
  expect(dialog.getByText(/^1 of 2 endpoints now/)).toBeVisible();

  const team = dialog.getByLabelText(/^Team/);
  await userEvent.selectOptions(team, 'Shop');
  expect(await dialog.findByText(/Stop one first/)).toBeVisible();
  expect(
    dialog.getByRole('button', { name: 'Check and start' }),
  ).toBeDisabled();
  await userEvent.selectOptions(team, 'Customer Care');
  await fill(dialog.getByLabelText('What it is for'), 'Summaries');
  const start = dialog.getByRole('button', { name: 'Check and start' });
  await waitFor(() => expect(start).toBeEnabled());
  await userEvent.click(start);

  expect(await screen.findByTestId('secret')).toHaveTextContent('mh_secret');
  expect(screen.getByLabelText('address')).toHaveTextContent(
    /^\/models\/evaluate\/endpoints\/e1$/,
  );
  expect(fake.sent('POST model-serving/endpoints')[0].body).toEqual({
    entityRef: 'model:acme/writer',
    modelVersion: '1.0',
    team: 'group:default/care',
    profile: 'customer-care',
    engine: 'local',
    note: 'Summaries',
  });
  await userEvent.click(screen.getByRole('button', { name: 'Hide' }));
  expect(screen.queryByTestId('secret')).not.toBeInTheDocument();
});

it('shows an endpoint from the click to ready, and stops it after a warning', async () => {
  let now = endpoint({
    state: 'queued',
    queuePosition: 3,
    startedAt: undefined,
    readyAt: undefined,
    connection: undefined,
    message: 'Customer Care has 2 of 2 endpoints.',
  });
  const fake = backends()
    .on('GET model-serving/endpoints/e1', () => now)
    .on('GET model-serving/endpoints/e1/logs', new Response('loaded\n'))
    .on('POST model-serving/endpoints/e1/stop', () => {
      now = endpoint({
        state: 'ended',
        endReason: 'stopped',
        endedBy: 'user:default/dana',
        endedAt: '2026-11-02T10:05:25Z',
        mayStop: false,
        mayExtend: false,
      });
      return now;
    });
  const { signals } = await renderServing(<EvaluateRoutes />, {
    backends: fake,
    at: '/models/evaluate/endpoints/e1',
  });
  const steps = within(await screen.findByRole('list', { name: 'Steps' }));
  const step = (name: RegExp) =>
    steps
      .getAllByRole('listitem')
      .find(({ textContent }) => name.test(textContent ?? ''));
  expect(step(/^Checks/)).toHaveTextContent('done, 5 seconds');
  expect(step(/^Queue/)).toHaveAttribute('aria-current', 'step');
  expect(step(/^Queue/)).toHaveTextContent('Number 3 in the queue');
  expect(screen.getByText('Customer Care has 2 of 2 endpoints.')).toBeVisible();
  expect(await screen.findByText(/own events are missing/)).toBeVisible();

  now = endpoint();
  act(() => signals.send('model-serving', {}));
  expect(await screen.findByText('http://gateway.test/v1')).toBeVisible();
  expect(step(/^Queue/)).toHaveTextContent('done, 1 minute');
  expect(
    screen.getByRole('button', { name: 'Open in the playground' }),
  ).toHaveAttribute(
    'href',
    '/models/evaluate/playground?profile=customer-care&target=endpoint%3Ae1',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Show the log' }));
  expect(await screen.findByText('loaded')).toBeVisible();

  await userEvent.click(screen.getByRole('button', { name: /^Stop Writer/ }));
  const dialog = within(screen.getByRole('dialog', { name: /^Stop Writer/ }));
  expect(
    dialog.getByText(/break off, its gateway key is revoked/),
  ).toBeVisible();
  await userEvent.click(dialog.getByRole('button', { name: 'Stop it now' }));
  expect(await screen.findByText(/^Stopped by a person/)).toBeVisible();
  expect(screen.queryByText('http://gateway.test/v1')).not.toBeInTheDocument();
});

it('lists endpoints with the time that is left, and says what to do without one', async () => {
  const fake = backends();
  await renderServing(<EvaluateRoutes />, { backends: fake });
  expect(
    await screen.findByText('You have no evaluation endpoint'),
  ).toBeVisible();
  expect(
    await screen.findByText('The API server does not answer.'),
  ).toBeVisible();
  expect(fake.received.map(({ path }) => path)).toContain(
    'model-serving/endpoints?mine=true&state=checking&state=queued&state=starting&state=ready&state=stopping&limit=20',
  );
  fake.on('GET model-serving/endpoints', {
    items: [
      endpoint({
        endsAt: new Date(Date.now() + 2 * 3_600_000 + 5_000).toISOString(),
      }),
    ],
  });
  await userEvent.selectOptions(screen.getByLabelText('Show'), 'Also ended');
  const table = within(
    await screen.findByRole('table', { name: 'Evaluation endpoints' }),
  );
  expect(table.getByText('2 hours left')).toBeVisible();
  expect(table.getByText('€0.42')).toBeVisible();
});

it('tells no more of an endpoint of others than that it is not there', async () => {
  await renderServing(<EvaluateRoutes />, {
    backends: new FakeBackends().on('GET model-serving/endpoints/e9', () =>
      failure(404, 'NotFoundError', 'No endpoint e9'),
    ),
    at: '/models/evaluate/endpoints/e9',
  });
  expect(await screen.findByText('There is no such endpoint')).toBeVisible();
});

it('says nothing on a card where the backend is not installed', async () => {
  await renderServing(<EvaluateCard />, {
    backends: new FakeBackends().on(
      'GET model-serving/engines',
      () => new Response('Not found', { status: 404 }),
    ),
  });
  await waitFor(() =>
    expect(screen.queryByText('Evaluate')).not.toBeInTheDocument(),
  );
});
