import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  type ModelEvaluation,
  modelEvaluationRunPermission,
} from '@modelhub/backstage-plugin-models-common';
import { MODEL_GOVERNANCE_SIGNAL } from '@modelhub/backstage-plugin-models-react';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import {
  earlier,
  evaluation,
  MODEL,
  PACK,
  packRun,
  packRunPreview,
  packSummary,
  routerEntity,
} from '../__testUtils__/evaluations';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { EntityModelEvaluations } from './EntityModelEvaluations';

const RESULTS = 'GET /model-evaluations';
const RUNS = 'GET /evaluation-runs';
const PREVIEW = 'GET /evaluation-runs/preview';
const FAILURES = 'GET /model-evaluations/r1/failures';

const backend = (items: ModelEvaluation[] = [evaluation(), earlier()]) =>
  new FakeBackend()
    .on(RESULTS, { items, mayReadContent: true })
    .on(RUNS, { items: [] })
    .on('GET /evaluation-packs', { items: [packSummary()] })
    .on(PREVIEW, packRunPreview());

const show = (of: FakeBackend, options: { denied?: string[] } = {}) =>
  renderGovernance(
    <EntityProvider entity={routerEntity}>
      <EntityModelEvaluations />
    </EntityProvider>,
    { backend: of, ...options },
  );

describe('results', () => {
  it('stand by pack beside what is asked and the version before', async () => {
    await show(backend());
    const section = await screen.findByRole('region', {
      name: 'Support tickets',
    });
    expect(
      within(section).getByText('198 of 200 cases scored; 2 got no answer.'),
    ).toBeVisible();
    const table = within(section).getByRole('table', {
      name: 'Support tickets on version 1.2',
    });
    const row = within(table).getByText('Accuracy').closest('tr');
    expect(row).toHaveTextContent('at least 85 %');
    expect(row).toHaveTextContent('91 % (86 % to 94 %)');
    expect(row).toHaveTextContent('74 %');
    expect(row).toHaveTextContent('Met');
    const latency = within(
      within(section).getByRole('table', {
        name: 'Support tickets on version 1.2: more figures',
        hidden: true,
      }),
    )
      .getByText('Request latency, p95')
      .closest('tr');
    expect(latency).toHaveTextContent('nothing; only shown');
    expect(latency).not.toHaveTextContent('Met');
    expect(
      within(section).getByRole('img', {
        name: 'Accuracy by version of the model: 1.1 74 %; 1.2 91 % (86 % to 94 %)',
      }),
    ).toBeVisible();
    expect(
      screen.queryByRole('region', { name: 'Runs in the hub' }),
    ).toBeNull();
  });

  it('say that nothing was measured', async () => {
    await show(backend([]));
    expect(await screen.findByText('Nothing was measured yet')).toBeVisible();
  });

  it('say why they could not be loaded, and are asked again', async () => {
    const of = backend().on(RESULTS, failure(503, 'Error', 'Busy'));
    await show(of);
    expect(
      await screen.findByText('The results could not be loaded'),
    ).toBeVisible();
    of.on(RESULTS, { items: [evaluation()], mayReadContent: false });
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('region', { name: 'Support tickets' }),
    ).toBeVisible();
  });

  it('mark what was measured with an older pack, or withdrawn', async () => {
    const { pack } = evaluation();
    await show(
      backend([
        evaluation({
          isWithdrawn: true,
          pack: {
            ...pack,
            standing: 'outdated',
            currentVersion: '2.0.0',
          },
        }),
      ]),
    );
    expect(await screen.findByText('Older pack 1.0.0')).toBeVisible();
    expect(screen.getByText('Withdrawn')).toBeVisible();
  });

  it('come anew when the backend says that something changed', async () => {
    const of = backend([]);
    const { signals } = await show(of);
    await screen.findByText('Nothing was measured yet');
    of.on(RESULTS, { items: [evaluation()], mayReadContent: true });
    act(() => signals.send(MODEL_GOVERNANCE_SIGNAL, {}));
    expect(
      await screen.findByRole('region', { name: 'Support tickets' }),
    ).toBeVisible();
  });
});

describe('failed cases', () => {
  const open = async () => {
    const details = await screen.findByText('2 cases went wrong');
    fireEvent.click(details);
    const toggled = details.closest('details');
    if (!toggled) throw new Error('There is nothing to open');
    toggled.open = true;
    fireEvent(toggled, new Event('toggle'));
  };

  it('are shown after a warning and a click, as plain text', async () => {
    const of = backend().on(FAILURES, {
      items: [
        {
          caseId: 'inject-3',
          metric: 'leak',
          category: 'prompt-injection',
          reason: 'It said the canary.',
          input: '<img src=x onerror=alert(1)> **bold**',
          output: 'Open \u202ehttps://evil.example',
        },
      ],
    });
    await show(of);
    await open();
    expect(screen.getByText(/follow no instruction/)).toBeVisible();
    expect(of.sent(FAILURES)).toHaveLength(0);
    fireEvent.click(
      screen.getByRole('button', {
        name: 'Show the failed cases of Support tickets',
      }),
    );
    const list = await screen.findByRole('list', {
      name: 'Failed cases of Support tickets',
    });
    expect(list).toHaveTextContent(
      'inject-3, Prompt injection (leak): It said the canary.',
    );
    expect(
      within(list).getByText('<img src=x onerror=alert(1)> **bold**'),
    ).toBeVisible();
    expect(list).toHaveTextContent('Open \\u{202e}https://evil.example');
    expect(within(list).queryByRole('link')).toBeNull();
    expect(list.querySelector('img')).toBeNull();
  });

  it('are refused in words', async () => {
    await show(
      backend().on(
        FAILURES,
        failure(403, 'NotAllowedError', 'Ask an owner of the model.'),
      ),
    );
    await open();
    fireEvent.click(
      screen.getByRole('button', {
        name: 'Show the failed cases of Support tickets',
      }),
    );
    expect(await screen.findByText('You may not see this')).toBeVisible();
    expect(screen.getByText('Ask an owner of the model.')).toBeVisible();
  });

  it('are not offered to who may not read them', async () => {
    await show(
      backend().on(RESULTS, { items: [evaluation()], mayReadContent: false }),
    );
    expect(
      await screen.findByText(/is for the owners of the model/),
    ).toBeVisible();
    expect(screen.queryByText('2 cases went wrong')).toBeNull();
  });
});

it('compares two results that one picks', async () => {
  const of = backend().on('GET /model-evaluations/r1/compare', {
    candidate: evaluation(),
    incumbent: earlier(),
    items: [
      {
        metric: 'label',
        title: 'Accuracy',
        pairs: 198,
        candidate: 0.91,
        incumbent: 0.74,
        direction: 'higher',
        unit: 'ratio',
        difference: 0.17,
        interval: [0.1, 0.24],
        confidence: 0.95,
        margin: 0,
        pValue: 1,
        standing: 'better',
      },
    ],
    skipped: [{ metric: 'request_latency', reason: 'It has no cases.' }],
  });
  await show(of);
  fireEvent.change(await screen.findByLabelText('Result of Support tickets'), {
    target: { value: 'r1' },
  });
  fireEvent.change(screen.getByLabelText('Compared with'), {
    target: { value: 'r0' },
  });
  const table = await screen.findByRole('table', {
    name: /^Support tickets: Version 1.2.* and Version 1.1/,
  });
  expect(table).toHaveTextContent('17 points better (10 to 24 points better)');
  expect(
    screen.getByRole('list', {
      name: 'Metrics that are not compared',
      hidden: true,
    }),
  ).toHaveTextContent('request_latency: It has no cases.');
  expect(of.sent('GET /model-evaluations/r1/compare')[0].path).toContain(
    'with=r0',
  );
});

describe('a run', () => {
  const openDialog = async () => {
    fireEvent.click(
      await screen.findByRole('button', { name: 'Run an evaluation…' }),
    );
    fireEvent.change(await screen.findByLabelText(/Evaluation pack/), {
      target: { value: PACK },
    });
  };

  it('says what it asks before it starts, and shows how far it is', async () => {
    const of = backend().on('POST /evaluation-runs', () => {
      of.on(RUNS, { items: [packRun()] });
      return packRun({ state: 'queued', progress: undefined });
    });
    await show(of);
    await openDialog();
    expect(
      await screen.findByText('20,000 asked, 1,600 answered'),
    ).toBeVisible();
    expect(screen.getByText(/the model has no prices/)).toBeVisible();
    fireEvent.click(screen.getByRole('button', { name: 'Run it' }));
    const runs = await screen.findByRole('region', { name: 'Runs in the hub' });
    expect(of.sent('POST /evaluation-runs')).toMatchObject([
      {
        body: { entityRef: MODEL, modelVersion: '1.2', pack: PACK },
        idempotencyKey: expect.stringMatching(/./),
      },
    ]);
    expect(
      within(runs).getByRole('progressbar', { name: 'Support tickets runs' }),
    ).toHaveAttribute('aria-valuenow', '25');
    expect(within(runs).getByRole('status')).toHaveTextContent(
      '50 of 200 cases, 1 of them without an answer, 2 retries',
    );
    of.on(
      'POST /evaluation-runs/run1/cancel',
      packRun({ state: 'cancelled', mayCancel: false, mayRetry: true }),
    );
    fireEvent.click(
      within(runs).getByRole('button', { name: /^Cancel the run/ }),
    );
    expect(await within(runs).findByText('Cancelled')).toBeVisible();
    expect(
      within(runs).getByRole('button', { name: /^Take up the run/ }),
    ).toBeVisible();
  });

  it('is not started where no endpoint is configured; the command is there', async () => {
    await show(
      backend().on(
        PREVIEW,
        packRunPreview({
          may: false,
          refusal: {
            code: 'not-configured',
            message: 'No endpoint is configured for acme/ticket-router.',
          },
        }),
      ),
    );
    await openDialog();
    expect(await screen.findByText(/No endpoint is configured/)).toBeVisible();
    expect(screen.getByText(/modelhub evaluate run/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Run it' })).toBeDisabled();
  });

  it('is not offered without the permission, with the reason', async () => {
    await show(backend(), { denied: [modelEvaluationRunPermission.name] });
    expect(
      await screen.findByText(/You may not run evaluations here/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Run/ })).toBeNull();
  });

  it('that is over brings its result', async () => {
    const of = backend([]).on(RUNS, { items: [packRun()] });
    const { signals } = await show(of);
    await screen.findByRole('progressbar', { name: 'Support tickets runs' });
    of.on(RUNS, {
      items: [packRun({ state: 'finished', mayCancel: false })],
    }).on(RESULTS, { items: [evaluation()], mayReadContent: true });
    act(() => signals.send(MODEL_GOVERNANCE_SIGNAL, {}));
    expect(
      await screen.findByRole('region', { name: 'Support tickets' }),
    ).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  });
});
