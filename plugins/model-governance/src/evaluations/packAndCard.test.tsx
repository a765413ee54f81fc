import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { EvaluationPackDetail } from '@modelhub/backstage-plugin-models-common';
import { screen, within } from '@testing-library/react';
import {
  earlier,
  evaluation,
  packSummary,
  routerEntity,
} from '../__testUtils__/evaluations';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { EntityEvaluationPack } from './EntityEvaluationPack';
import { EvaluationsCard } from './EvaluationsCard';

const RESULTS = 'GET /model-evaluations';
const DETAIL = 'GET /evaluation-packs/acme/acme-tickets';

const packEntity = {
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'EvaluationPack',
  metadata: { namespace: 'acme', name: 'acme-tickets' },
};

const detail = (
  rest: Partial<EvaluationPackDetail> = {},
): EvaluationPackDetail => ({
  ...packSummary(),
  isCurrent: true,
  criteria: [{ metric: 'label', slice: 'channel=chat', atLeast: 0.8 }],
  scorers: [
    {
      name: 'label',
      type: 'classification',
      title: 'Classification',
      about: 'The label that the answer names.',
    },
  ],
  slices: [{ attribute: 'channel', values: [{ value: 'chat', cases: 80 }] }],
  categories: [],
  sample: [
    { id: 't-001', input: 'Where is my \u202eparcel?', expected: 'delivery' },
  ],
  versions: [],
  ...rest,
});

const showPack = (backend: FakeBackend) =>
  renderGovernance(
    <EntityProvider entity={packEntity}>
      <EntityEvaluationPack />
    </EntityProvider>,
    { backend },
  );

describe('the page of a pack', () => {
  it('tells what it measures and asks, and what came of it', async () => {
    const backend = new FakeBackend()
      .on(DETAIL, detail())
      .on(RESULTS, { items: [evaluation(), earlier()], mayReadContent: false });
    await showPack(backend);
    expect(await screen.findByText('200')).toBeVisible();
    expect(
      within(screen.getByRole('table', { name: 'Criteria' })).getByText(
        'channel=chat',
      ),
    ).toBeVisible();
    expect(screen.getByRole('table', { name: 'Scorers' })).toHaveTextContent(
      'The label that the answer names.',
    );
    expect(
      screen.getByRole('table', { name: 'Cases by channel' }),
    ).toHaveTextContent('chat80');
    expect(screen.getByRole('table', { name: 'Cases' })).toHaveTextContent(
      'Where is my \\u{202e}parcel?',
    );
    const results = await screen.findByRole('table', {
      name: 'Models that were measured with it',
    });
    const [, newest, before] = within(results).getAllByRole('row');
    expect(newest).toHaveTextContent('1.2');
    expect(newest).toHaveTextContent('Accuracy 91 %');
    expect(newest).toHaveTextContent('Met');
    expect(before).toHaveTextContent('Missed');
    expect(backend.sent(RESULTS)[0].path).toContain(
      'pack=evaluationpack%3Aacme%2Facme-tickets&latest=true',
    );
  });

  it('keeps cases of a safety pack behind a click', async () => {
    await showPack(
      new FakeBackend()
        .on(DETAIL, detail({ type: 'safety' }))
        .on(RESULTS, { items: [], mayReadContent: false }),
    );
    expect(
      await screen.findByText('Show cases of a safety pack'),
    ).toBeVisible();
    expect(screen.getByText('t-001')).not.toBeVisible();
    expect(
      await screen.findByText('No model was measured with it yet'),
    ).toBeVisible();
  });

  it('says why its files cannot be used', async () => {
    await showPack(
      new FakeBackend()
        .on(
          DETAIL,
          detail({
            cases: undefined,
            criteria: [],
            sample: [],
            problems: [
              {
                code: 'unreadable',
                message: 'cases.jsonl is not there. Add it beside pack.yaml.',
              },
            ],
          }),
        )
        .on(RESULTS, failure(403, 'NotAllowedError', 'Not for you.')),
    );
    expect(await screen.findByText(/cases.jsonl is not there/)).toBeVisible();
    expect(screen.getByText(/It asks for nothing/)).toBeVisible();
    expect(await screen.findByText('You may not see this')).toBeVisible();
  });
});

describe('the card on the overview of a model', () => {
  const showCard = (backend: FakeBackend) =>
    renderGovernance(
      <EntityProvider entity={routerEntity}>
        <EvaluationsCard />
      </EntityProvider>,
      { backend },
    );

  it('lists packs of the catalog first, with their outcome', async () => {
    await showCard(
      new FakeBackend().on(RESULTS, {
        items: [
          evaluation({
            id: 'x',
            outcome: 'unknown',
            pack: { name: 'a suite', standing: 'not-in-catalog' },
          }),
          evaluation(),
        ],
        mayReadContent: false,
      }),
    );
    const list = await screen.findByRole('list', { name: 'Evaluations' });
    const [first, second] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent('Support tickets');
    expect(first).toHaveTextContent('Met');
    expect(first).toHaveTextContent('Accuracy 91 %, version 1.2');
    expect(second).toHaveTextContent('a suite');
    expect(second).toHaveTextContent('Not judged');
  });

  it('says that nothing was measured', async () => {
    await showCard(
      new FakeBackend().on(RESULTS, { items: [], mayReadContent: false }),
    );
    expect(
      await screen.findByText('Nothing was measured here yet.'),
    ).toBeVisible();
  });

  it('is silent where results are not for the reader', async () => {
    await showCard(
      new FakeBackend().on(
        RESULTS,
        failure(403, 'NotAllowedError', 'Not for you.'),
      ),
    );
    expect(screen.queryByText('Evaluations')).toBeNull();
  });
});
