import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { approval, demands, preview } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { ApprovalPage } from '../approval/ApprovalPage';
import {
  amountOf,
  examples,
  expectedUseErrors,
  expectedUseOf,
  noExpectedUse,
} from './expectedUse';
import { ExpectedUseSection } from './ExpectedUseSection';
import { RequestPage } from './RequestPage';

describe('what is typed as expected use', () => {
  it.each([
    ['20000000', 20e6],
    ['20,000,000', 20e6],
    ['20 000', 20e3],
    ['20m', 20e6],
    ['1.5 k', 1500],
    ['2bn', 2e9],
    ['0', 0],
    [' 7 ', 7],
  ])('%s is an amount', (text, amount) => expect(amountOf(text)).toBe(amount));

  it.each(['', 'many', '-3', '1.5', '1e6', '20 mm', '9999999bn', '1.2.3'])(
    '"%s" is none',
    text => expect(amountOf(text)).toBeUndefined(),
  );

  it('may stay empty, and not be begun only', () => {
    expect(expectedUseErrors(noExpectedUse)).toEqual({});
    expect(expectedUseOf(noExpectedUse)).toBeUndefined();
    const begun = { input: '20m', output: '', peak: '0' };
    expect(Object.keys(expectedUseErrors(begun))).toEqual(['output', 'peak']);
    expect(expectedUseOf(begun)).toBeUndefined();
  });

  it.each(examples)('$title is whole', ({ use }) => {
    expect(expectedUseErrors(use)).toEqual({});
    expect(expectedUseOf(use)?.peakConcurrent).toBeGreaterThan(0);
  });
});

const model = (spec: object): ModelEntityV1alpha1 =>
  ({
    apiVersion: 'modelhub.dev/v1alpha1',
    kind: 'Model',
    metadata: { name: 'm', namespace: 'acme' },
    spec: {
      type: 'llm',
      lifecycle: 'active',
      owner: 'group:default/ml',
      provider: 'acme',
      gatewayId: 'acme/m',
      ...spec,
    },
  } as ModelEntityV1alpha1);

const hosted = model({
  pricing: { inputPerMTok: 2, outputPerMTok: 10 },
  versions: [{ name: '1', providerModelId: 'm' }],
});

const served = model({
  hardware: { recommendedGpu: '2x L4 24GB' },
  versions: [{ name: '1', artifact: { uri: 'hf://a/b' } }],
});

function Section({ params }: { params?: object }) {
  const [value, setValue] = useState(noExpectedUse);
  return (
    <ExpectedUseSection
      entityRef="model:acme/m"
      modelVersion="1"
      value={value}
      onChange={setValue}
      showErrors={false}
      demands={
        params && {
          ...demands,
          gates: [
            {
              id: 'cost-envelope',
              title: 'Cost envelope',
              required: false,
              params: params as never,
            },
          ],
        }
      }
    />
  );
}

const show = (entity: ModelEntityV1alpha1, params?: object) =>
  renderInTestApp(
    <TestApiProvider
      apis={[[catalogApiRef, catalogApiMock({ entities: [entity] })]]}
    >
      <Section params={params} />
    </TestApiProvider>,
  );

describe('the expected cost', () => {
  const type = (label: RegExp, text: string) =>
    fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
  const estimate = () => screen.getByRole('status', { name: 'Expected cost' });

  it('is told while the use is typed', async () => {
    await show(hosted);
    expect(estimate()).toBeEmptyDOMElement();
    type(/Input tokens/, '20m');
    type(/Output tokens/, '4m');
    expect(await screen.findByText(/^About USD 80.00 a month/)).toBeVisible();
    expect(estimate()).toHaveTextContent(
      'input tokens USD 40.00, output tokens USD 40.00.',
    );
    expect(screen.getByText('20,000,000')).toBeVisible();
    type(/Output tokens/, 'lots');
    expect(estimate()).toBeEmptyDOMElement();
  });

  it('starts from an example', async () => {
    await show(hosted);
    await userEvent.click(
      screen.getByRole('button', { name: 'A feature of a product' }),
    );
    expect(screen.getByLabelText(/Input tokens/)).toHaveValue('500m');
    expect(await screen.findByText(/^About USD 2,000 a month/)).toBeVisible();
  });

  it('counts GPU hours by the prices of the policy', async () => {
    await show(served, { gpuPricesPerHour: { L4: 0.5 }, hoursPerMonth: 100 });
    expect(
      await screen.findByText(
        'About USD 100 a month for 2x L4 24GB, whether it is used or not.',
      ),
    ).toBeVisible();
    expect(screen.getByText(/^The check Cost envelope holds/)).toBeVisible();
  });

  it('says what is missing on the card', async () => {
    await show(model({ versions: hosted.spec.versions }));
    type(/Input tokens/, '1m');
    type(/Output tokens/, '0');
    expect(
      await screen.findByText(/No cost can be told: The card names no price/),
    ).toBeVisible();
  });
});

describe('a request', () => {
  const backend = () =>
    new FakeBackend()
      .on('GET /access-profiles', {
        items: [
          {
            id: 'checkout',
            title: 'Checkout',
            members: [],
            enforcement: 'enforce',
            mine: true,
          },
        ],
      })
      .on('GET /purposes', {
        items: [
          { id: 'summaries', title: 'Summaries', dataClasses: [], regions: [] },
        ],
      })
      .on('POST /approvals/preview', preview)
      .on('POST /approvals', approval({ state: 'checking' }));

  async function fill(fake: FakeBackend, output: string) {
    await renderGovernance(<RequestPage />, {
      backend: fake,
      path: '/request',
      at: '/request?entityRef=model:meta/llama&tier=internal&purpose=summaries',
    });
    fireEvent.change(await screen.findByLabelText(/Justification/), {
      target: { value: 'We summarise support tickets.' },
    });
    for (const [label, value] of [
      [/Input tokens/, '20m'],
      [/Output tokens/, output],
      [/Requests at once/, '5'],
    ] as const) {
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    }
    await userEvent.click(
      screen.getByRole('button', { name: 'Submit request' }),
    );
  }

  it('says what is expected', async () => {
    const fake = backend();
    await fill(fake, '4m');
    await screen.findByText('The page of the approval');
    expect(fake.sent('POST /approvals')[0].body).toMatchObject({
      expectedUse: {
        inputTokensPerMonth: 20_000_000,
        outputTokensPerMonth: 4_000_000,
        peakConcurrent: 5,
      },
    });
  });

  it('is not sent with half of it', async () => {
    const fake = backend();
    await fill(fake, '');
    expect(
      await screen.findByRole('link', { name: /how many output tokens/ }),
    ).toHaveAttribute('href', '#request-use-output');
    expect(screen.getByLabelText(/Output tokens/)).toBeInvalid();
    expect(fake.sent('POST /approvals')).toEqual([]);
  });

  it('shows the people who sign what is expected', async () => {
    await renderGovernance(<ApprovalPage />, {
      backend: new FakeBackend()
        .on(
          'GET /approvals/a1',
          approval({
            expectedUse: { inputTokensPerMonth: 1000, outputTokensPerMonth: 0 },
          }),
        )
        .on('GET /approvals/a1/timeline', { items: [] }),
      path: '/approvals/:id',
      at: '/approvals/a1',
    });
    expect(
      await screen.findByText('1,000 input and 0 output tokens a month'),
    ).toBeVisible();
  });
});
