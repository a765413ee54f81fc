import { MODEL_GOVERNANCE_SIGNAL } from '@modelhub/backstage-plugin-models-react';
import { act, fireEvent, screen } from '@testing-library/react';
import {
  MODEL,
  PACK,
  packRun,
  packRunPreview,
} from '../__testUtils__/evaluations';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { MeasureIt } from './MeasureIt';

const PREVIEW = 'GET /evaluation-runs/preview';
const BECAUSE = 'There is no result yet.';

const show = (backend: FakeBackend, because?: string) =>
  renderGovernance(
    <MeasureIt
      pack={{
        entityRef: PACK,
        title: 'Support tickets',
        version: '1.0.0',
        command: 'modelhub evaluate run the-pack',
      }}
      subject={{ entityRef: MODEL, modelVersion: '1.2', approvalId: 'a1' }}
      because={because}
    />,
    { backend },
  );

it('runs it with one click, and shows how far it is', async () => {
  const backend = new FakeBackend()
    .on(PREVIEW, packRunPreview())
    .on('POST /evaluation-runs', packRun({ progress: undefined }));
  const { signals } = await show(backend, BECAUSE);
  fireEvent.click(
    await screen.findByRole('button', { name: 'Run Support tickets' }),
  );
  expect(await screen.findByText('It has begun.')).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Run Support tickets' }),
  ).toBeNull();
  expect(backend.sent('POST /evaluation-runs')[0].body).toEqual({
    entityRef: MODEL,
    modelVersion: '1.2',
    pack: PACK,
  });
  backend.on(PREVIEW, packRunPreview({ running: [packRun()] }));
  act(() => signals.send(MODEL_GOVERNANCE_SIGNAL, {}));
  expect(await screen.findByText(/50 of 200 cases/)).toBeVisible();
});

it('says why it was not started', async () => {
  await show(
    new FakeBackend()
      .on(PREVIEW, packRunPreview())
      .on(
        'POST /evaluation-runs',
        failure(409, 'ConflictError', 'The quota of your team is used up.'),
      ),
    BECAUSE,
  );
  fireEvent.click(
    await screen.findByRole('button', { name: 'Run Support tickets' }),
  );
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The quota of your team is used up.',
  );
});

it.each([
  ['not-configured', 'No endpoint is configured for it.'],
  ['not-allowed', 'You may not run evaluations.'],
] as const)('gives the command and the reason: %s', async (code, message) => {
  await show(
    new FakeBackend().on(
      PREVIEW,
      packRunPreview({ may: false, refusal: { code, message } }),
    ),
    BECAUSE,
  );
  expect(await screen.findByText(message)).toBeVisible();
  expect(screen.getByText('modelhub evaluate run the-pack')).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Run Support tickets' }),
  ).toBeNull();
});

it('gives the command where the hub does not answer', async () => {
  await show(
    new FakeBackend().on(PREVIEW, failure(503, 'Error', 'Busy')),
    BECAUSE,
  );
  expect(
    await screen.findByText('modelhub evaluate run the-pack'),
  ).toBeVisible();
});

it('offers nothing where a result counts, and shows a run all the same', async () => {
  const backend = new FakeBackend().on(PREVIEW, packRunPreview());
  const { signals } = await show(backend);
  expect(screen.queryByRole('button')).toBeNull();
  backend.on(PREVIEW, packRunPreview({ running: [packRun()] }));
  act(() => signals.send(MODEL_GOVERNANCE_SIGNAL, {}));
  expect(
    await screen.findByRole('progressbar', { name: 'Support tickets runs' }),
  ).toBeVisible();
});
