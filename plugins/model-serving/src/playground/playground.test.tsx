import {
  failure,
  FakeBackends,
} from '@modelhub/backstage-plugin-models-react/testUtils';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fill } from '../__testUtils__/fill';
import { hosted, target, targets } from '../__testUtils__/fixtures';
import { renderServing } from '../__testUtils__/renderServing';
import { EvaluateRoutes } from '../page/EvaluateRoutes';
import { announcementOf, figureTexts } from './words';
import { chosenTargets } from './targets';

const PAGE = '/models/evaluate/playground';

/** An answer that a test writes piece by piece. */
class Line {
  readonly cancelled: Promise<void>;
  readonly response: Response;
  #controller?: ReadableStreamDefaultController<Uint8Array>;

  constructor() {
    let cancel: () => void = () => undefined;
    this.cancelled = new Promise(resolve => {
      cancel = resolve;
    });
    this.response = new Response(
      new ReadableStream<Uint8Array>({
        start: controller => {
          this.#controller = controller;
        },
        cancel: () => cancel(),
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    );
  }

  async send(event: string, data: object): Promise<void> {
    await act(async () =>
      this.#controller?.enqueue(
        new TextEncoder().encode(
          `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
        ),
      ),
    );
  }
}

/** A backend whose targets answer by lines of the test. */
function backendsWith(lines: Record<string, Line | Response>) {
  return new FakeBackends()
    .on('GET model-serving/playground/targets', targets())
    .on('POST model-serving/playground/chat', ({ body }) => {
      const line = lines[String(body?.target)];
      return line instanceof Line ? line.response : line;
    });
}

const answerOf = (name: string) =>
  within(screen.getByRole('article', { name: `Answer of ${name}` }));

async function ask(prompt: string) {
  await fill(await screen.findByLabelText('Prompt'), prompt);
  await userEvent.click(screen.getByRole('button', { name: /^Send/ }));
}

describe('the playground', () => {
  it('asks two models at once, shows words as they come, and says who was better', async () => {
    const writer = new Line();
    const talker = new Line();
    const fake = backendsWith({
      'endpoint:e1': writer,
      'model:other/talker@2': talker,
    });
    await renderServing(<EvaluateRoutes />, {
      backends: fake,
      at: `${PAGE}?target=endpoint:e1`,
    });
    await userEvent.selectOptions(
      await screen.findByLabelText('Add a model'),
      'Talker 2, hosted',
    );
    expect(screen.getByLabelText('address')).toHaveTextContent(
      'target=endpoint%3Ae1&target=model%3Aother%2Ftalker%402',
    );
    await ask('Hello');
    await writer.send('delta', { text: 'Good ' });
    await writer.send('delta', { text: 'day' });
    expect(answerOf('Writer 1.0').getByText('Good day')).toBeVisible();
    expect(
      answerOf('Talker 2').getByText('Waits for the first word…'),
    ).toBeVisible();
    expect(screen.getByText('2 models answer.')).toBeInTheDocument();
    const figures = {
      inputTokens: 5,
      outputTokens: 2,
      tokensEstimated: false,
      ttftMs: 120,
      latencyMs: 900,
      cost: { amount: 0.0003, currency: 'EUR', basis: 'time' },
    };
    await writer.send('done', figures);
    await talker.send('delta', { text: 'Hi' });
    await talker.send('done', {
      ...figures,
      latencyMs: 400,
      cost: { amount: 0.0009, currency: 'EUR', basis: 'tokens' },
    });
    expect(await answerOf('Writer 1.0').findByText('Cheapest')).toBeVisible();
    expect(answerOf('Talker 2').getByText('Fastest')).toBeVisible();
    expect(answerOf('Writer 1.0').getByText('5 in, 2 out')).toBeVisible();
    expect(
      fake.sent('POST model-serving/playground/chat').map(({ body }) => body),
    ).toEqual(
      ['endpoint:e1', 'model:other/talker@2'].map(id => ({
        target: id,
        profile: 'customer-care',
        messages: [{ role: 'user', content: 'Hello' }],
        settings: { temperature: 0.7, maxTokens: 256 },
      })),
    );
  });

  it('stops one answer, which ends its call, and tells each column’s error', async () => {
    const writer = new Line();
    await renderServing(<EvaluateRoutes />, {
      backends: backendsWith({
        'endpoint:e1': writer,
        'model:other/talker@2': failure(
          403,
          'NotAllowedError',
          'Talker is not approved for customer-care',
        ),
      }),
      at: `${PAGE}?target=endpoint:e1&target=model:other/talker@2`,
    });
    await ask('Hello');
    expect(
      await answerOf('Talker 2').findByText(/is not approved/),
    ).toBeVisible();
    await writer.send('delta', { text: 'Once upon' });
    await userEvent.click(
      screen.getByRole('button', { name: 'Stop Writer 1.0' }),
    );
    expect(answerOf('Writer 1.0').getByText('You stopped it.')).toBeVisible();
    expect(answerOf('Writer 1.0').getByText('Once upon')).toBeVisible();
    await writer.send('delta', { text: ' late' });
    await writer.cancelled;
    expect(answerOf('Writer 1.0').getByText('Once upon')).toBeVisible();
  });

  it('sends nothing that the limits refuse', async () => {
    await renderServing(<EvaluateRoutes />, {
      backends: backendsWith({}),
      at: `${PAGE}?target=endpoint:e1`,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /System prompt and settings/ }),
    );
    const most = screen.getByLabelText('Most tokens');
    await fill(most, '2000');
    await fill(screen.getByLabelText('Prompt'), 'Hello');
    expect(screen.getByText(/from 1 to 1,024/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    await userEvent.clear(most);
    expect(screen.getByRole('button', { name: 'Send' })).toBeEnabled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove Writer 1.0' }),
    );
    expect(await screen.findByText('Choose a model to begin')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  });

  it('says what to do where there is no model', async () => {
    await renderServing(<EvaluateRoutes />, {
      backends: new FakeBackends().on(
        'GET model-serving/playground/targets',
        targets({ items: [], problem: 'Governance does not answer.' }),
      ),
      at: PAGE,
    });
    expect(
      await screen.findByText('There is no model to prompt'),
    ).toBeVisible();
    expect(screen.getByText(/Governance does not answer/)).toBeVisible();
  });
});

describe('what is chosen', () => {
  const known = targets({
    items: [
      target({ id: 'gone', available: false }),
      target(),
      hosted(),
      hosted({ id: 'model:other/talker@3', modelVersion: '3' }),
    ],
  });

  it.each([
    [['a', 'b', 'a', 'c', 'd', 'e'], undefined, ['a', 'b', 'c', 'd']],
    [[''], undefined, []],
    [[], undefined, ['endpoint:e1']],
    [
      [],
      'model:other/talker',
      ['model:other/talker@2', 'model:other/talker@3'],
    ],
    [[], 'model:other/unknown', []],
  ])('%j with %s is %j', (named, entityRef, chosen) => {
    expect(chosenTargets(known, named, entityRef)).toEqual(chosen);
  });
});

describe('words', () => {
  it('tells screen readers who is through, and no word of an answer', () => {
    const turn = {
      id: '1',
      prompt: 'p',
      targets: ['a', 'b', 'c'],
      answers: {
        a: {
          state: 'done' as const,
          text: 'secret',
          figures: { latencyMs: 2000 },
        },
        b: { state: 'failed' as const, text: '' },
        c: { state: 'streaming' as const, text: 'secret' },
      },
    };
    expect(announcementOf(turn, id => id.toUpperCase())).toBe(
      'A has answered in 2 s. B failed. One model answers.',
    );
  });

  it('marks tokens that nobody counted, and says where a cost is not known', () => {
    const rows = new Map(
      figureTexts({ inputTokens: 9, outputTokens: 1, tokensEstimated: true }),
    );
    expect(rows.get('Tokens')).toBe('about 9 in, 1 out');
    expect(rows.get('Cost')).toBe('not known');
    expect(rows.has('Speed')).toBe(false);
  });
});
