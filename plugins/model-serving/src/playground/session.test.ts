import { marksOf } from './compare';
import { readChatEvents } from './chatEvents';
import {
  messagesFor,
  sessionAfter,
  type SessionEvent,
  type Turn,
} from './session';
import { initialSettings, settingsOf, settingsProblems } from './settings';

const after = (...events: SessionEvent[]) =>
  events.reduce<Turn[]>(sessionAfter, []);

const asked = (turn: string, ...targets: string[]): SessionEvent => ({
  type: 'asked',
  turn,
  prompt: `prompt ${turn}`,
  targets,
});

const text = (turn: string, target: string, piece: string): SessionEvent => ({
  type: 'text',
  turn,
  target,
  text: piece,
});

const done = (
  turn: string,
  target: string,
  figures: Extract<SessionEvent, { type: 'done' }>['figures'] = {},
): SessionEvent => ({ type: 'done', turn, target, figures });

async function read(...parts: Array<string | Uint8Array>) {
  const encoder = new TextEncoder();
  const response = new Response(
    new ReadableStream({
      start(controller) {
        for (const part of parts) {
          controller.enqueue(
            typeof part === 'string' ? encoder.encode(part) : part,
          );
        }
        controller.close();
      },
    }),
  );
  const events = [];
  for await (const event of readChatEvents(response)) events.push(event);
  return events;
}

describe('the stream of an answer', () => {
  it('is read across parts that end anywhere, also inside a letter', async () => {
    const bytes = new TextEncoder().encode(
      'event: delta\ndata: {"text":"Grüße"}\n\n: still there\n\nevent: done\ndata: {"finishReason":"stop","latencyMs":20,"outputTokens":2,"cost":{"amount":0.5,"currency":"EUR"}}\n\n',
    );
    const cut = bytes.indexOf(0xc3) + 1;
    expect(await read(bytes.slice(0, cut), bytes.slice(cut))).toEqual([
      { type: 'delta', text: 'Grüße' },
      {
        type: 'done',
        answer: {
          finishReason: 'stop',
          latencyMs: 20,
          outputTokens: 2,
          cost: { amount: 0.5, currency: 'EUR' },
        },
      },
    ]);
  });

  it('passes errors of the model on and reads nothing behind them', async () => {
    expect(
      await read(
        'event: error\ndata: {"message":"Not approved","status":403}\n\n',
        'event: delta\ndata: {"text":"late"}\n\n',
      ),
    ).toEqual([
      { type: 'error', problem: { message: 'Not approved', status: 403 } },
    ]);
  });

  it('that breaks off is an error, and what is not understood is left out', async () => {
    expect(
      await read(
        'event: delta\ndata: {"text":"Half"}\n\n',
        'event: delta\ndata: not json\n\nevent: news\ndata: {}\n\nevent: delta\ndata: {"text":7}\n\n',
      ),
    ).toEqual([
      { type: 'delta', text: 'Half' },
      {
        type: 'error',
        problem: { message: expect.stringContaining('broke off') },
      },
    ]);
  });
});

describe('a session', () => {
  it('puts pieces together and keeps what ended as it ended', () => {
    const [turn] = after(
      asked('1', 'a', 'b'),
      text('1', 'a', 'Hel'),
      text('1', 'a', 'lo'),
      { type: 'stopped', turn: '1', target: 'a' },
      text('1', 'a', ' late'),
      {
        type: 'failed',
        turn: '1',
        target: 'b',
        problem: { message: 'No', status: 429 },
      },
      done('1', 'b'),
    );
    expect(turn.answers).toEqual({
      a: { state: 'stopped', text: 'Hello' },
      b: {
        state: 'failed',
        text: '',
        problem: { message: 'No', status: 429 },
      },
    });
    expect(sessionAfter([turn], { type: 'cleared' })).toEqual([]);
  });

  it('sends each target its own past, without what it did not answer', () => {
    const turns = after(
      asked('1', 'a', 'b'),
      text('1', 'a', 'yes'),
      done('1', 'a'),
      { type: 'failed', turn: '1', target: 'b', problem: { message: 'No' } },
      asked('2', 'b'),
      text('2', 'b', 'half'),
      { type: 'stopped', turn: '2', target: 'b' },
    );
    const next = { system: ' Be short. ', prompt: 'more', withHistory: true };
    expect(messagesFor(turns, 'a', next)).toEqual([
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'prompt 1' },
      { role: 'assistant', content: 'yes' },
      { role: 'user', content: 'more' },
    ]);
    expect(
      messagesFor(turns, 'b', { ...next, system: '' }).map(
        ({ content }) => content,
      ),
    ).toEqual(['prompt 2', 'half', 'more']);
    expect(
      messagesFor(turns, 'a', { prompt: 'alone', withHistory: false }),
    ).toEqual([{ role: 'user', content: 'alone' }]);
  });
});

describe('what answers did better than others', () => {
  const figures = (latencyMs: number, ttftMs: number, amount: number) => ({
    latencyMs,
    ttftMs,
    cost: { amount, currency: 'USD', basis: 'tokens' as const },
  });
  const turnOf = (...events: SessionEvent[]) =>
    after(asked('1', 'a', 'b', 'c'), ...events)[0];

  it('is told of whole answers alone, at least two, and not of draws', () => {
    expect(
      marksOf(
        turnOf(
          done('1', 'a', figures(900, 100, 0.2)),
          done('1', 'b', figures(700, 100, 0.3)),
          text('1', 'c', 'still'),
        ),
      ),
    ).toEqual({ a: ['cheapest'], b: ['fastest'] });
    expect(marksOf(turnOf(done('1', 'a', figures(900, 100, 0.2))))).toEqual({});
  });

  it('compares no costs in two currencies, nor what one lacks', () => {
    expect(
      marksOf(
        turnOf(
          done('1', 'a', {
            ttftMs: 5,
            cost: { amount: 1, currency: 'EUR', basis: 'time' },
          }),
          done('1', 'b', figures(700, 9, 0.3)),
        ),
      ),
    ).toEqual({ a: ['firstWord'] });
  });
});

describe('settings', () => {
  it.each([
    ['temperature', '2.1'],
    ['temperature', 'warm'],
    ['maxTokens', '0'],
    ['maxTokens', '1.5'],
    ['maxTokens', '1025'],
    ['topP', '0'],
    ['seed', '2147483648'],
    ['stop', 'a\nb\nc\nd\ne'],
  ] as const)('refuses %s %j', (field, typed) => {
    expect(
      Object.keys(
        settingsProblems({ ...initialSettings, [field]: typed }, 1024),
      ),
    ).toEqual([field]);
  });

  it('leaves what is empty to the model', () => {
    const form = {
      temperature: ' 0 ',
      maxTokens: '',
      topP: '1',
      seed: '',
      stop: 'END\n\n',
    };
    expect(settingsProblems(form, 1024)).toEqual({});
    expect(settingsOf(form)).toEqual({
      temperature: 0,
      topP: 1,
      stop: ['END'],
    });
  });
});
