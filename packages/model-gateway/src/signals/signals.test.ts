import type { UsageRecord } from '@modelhub/governance-protocol';
import { aCall, outcomeOf } from '../__testUtils__/aCall';
import { AnswerIds, ANSWER_ID_HEADER } from './AnswerIds';
import { answerStart, confidenceOf } from './answerStart';
import { languageOf } from './languageOf';
import { promptText } from './promptText';
import { Signals } from './Signals';
import { topicOf } from './topicOf';
import { withoutSignals } from './withoutSignals';

const chat = (message: object, more: object = {}) =>
  JSON.stringify({
    id: 'c',
    object: 'chat.completion',
    choices: [
      { index: 0, message: { role: 'assistant', ...message }, ...more },
    ],
    usage: { prompt_tokens: 4 },
  });

const events = (...pieces: object[]) =>
  pieces.map(it => `data: ${JSON.stringify(it)}\n\n`).join('');

describe('the beginning of an answer', () => {
  it.each([
    ['chat', chat({ content: 'Hello \u00e9 "you"' }), 'Hello é "you"'],
    [
      'chat, cut in the middle',
      chat({ content: 'x'.repeat(5_000) }).slice(0, 900),
      'x'.repeat(300),
    ],
    [
      'a stream of chat',
      events(
        { choices: [{ delta: { role: 'assistant', content: '' } }] },
        { choices: [{ delta: { content: 'I’m ' } }] },
        { choices: [{ delta: { content: 'sorry\n' } }] },
      ),
      'I’m sorry\n',
    ],
    [
      'messages',
      JSON.stringify({ content: [{ type: 'text', text: 'Hi' }] }),
      'Hi',
    ],
    [
      'a stream of responses',
      events({ type: 'response.output_text.delta', delta: 'Hi' }),
      'Hi',
    ],
    [
      'thoughts are no answer',
      chat({ reasoning_content: 'I cannot', content: 'Yes' }),
      'Yes',
    ],
    ['tools alone', chat({ content: null, tool_calls: [] }), ''],
  ])('%s', (_, head, text) => {
    expect(answerStart(head, 300)).toEqual({ text, isRefused: false });
  });

  it.each([
    chat({ content: null, refusal: 'No.' }),
    chat({ content: '' }, { finish_reason: 'content_filter' }),
    JSON.stringify({ content: [], stop_reason: 'refusal' }),
  ])('%#: is a refusal where the provider says so', head => {
    expect(answerStart(head, 300).isRefused).toBe(true);
  });

  it('tells how sure the model was, without what else it thought of', () => {
    const token = (logprob: number, others: object[] = []) => ({
      token: ']"',
      logprob,
      bytes: [1, 2],
      top_logprobs: others,
    });
    const others = [{ token: 'b', logprob: -9, bytes: [3] }];
    const head = chat(
      {},
      { logprobs: { content: [token(-0.1, others), token(-0.3)] } },
    );
    expect(confidenceOf(head)).toBeCloseTo(Math.exp(-0.2), 3);
    expect(confidenceOf(chat({ content: 'x' }))).toBeUndefined();
  });
});

describe('a prompt', () => {
  it.each([
    [
      {
        messages: [
          { role: 'system', content: 'Be brief' },
          { role: 'user', content: 'First' },
          { role: 'assistant', content: 'Yes?' },
          { role: 'user', content: [{ type: 'text', text: 'Last' }] },
        ],
      },
      'Last\n',
    ],
    [{ input: 'A question' }, 'A question'],
    [{ prompt: ['One', 'Two'] }, 'One\nTwo\n'],
    [{ messages: [{ role: 'user', content: 7 }] }, ''],
    [undefined, ''],
  ])('%#: is what a user said last', (body, text) => {
    expect(promptText(body, 100)).toBe(text);
  });

  it.each([
    ['What is the refund policy for orders that never came?', 'en'],
    ['Die Bestellung ist nicht angekommen, ich möchte mein Geld zurück.', 'de'],
    ['Résumez ce ticket et dites-moi ce que le client veut.', 'fr'],
    ['注文が届きません。返金してください。', 'ja'],
    ['ok', 'und'],
    ['{"id":123,"name":"abc","items":[1,2,3]}', 'und'],
    ['12345 67890 4711', 'und'],
  ])('%s: %s', (text, language) => {
    expect(languageOf(text)).toBe(language);
  });

  it('falls into a group by the word that stands out', () => {
    const refunds = [
      'Where is my refund? The refund was promised.',
      'Refund, refund, refund!',
    ].map(topicOf);
    expect(refunds[0]).toBe(refunds[1]);
    expect(topicOf('Kubernetes ingress, kubernetes pods')).not.toBe(refunds[0]);
    expect(topicOf('1 2 3 ok')).toBeUndefined();
    const groups = Array.from({ length: 2_000 }, (_, n) =>
      topicOf(
        `word${String.fromCharCode(97 + (n % 26))}${'xyz'.repeat(
          1 + (n % 7),
        )}${String.fromCharCode(97 + ((n * 7) % 26))}`,
      ),
    );
    expect(new Set(groups).size).toBeGreaterThan(24);
  });
});

describe('signals of a call', () => {
  const record = () => ({} as UsageRecord);
  const config = { rate: 1, perSecond: 2, feedback: true };
  const body = {
    messages: [
      { role: 'user', content: 'Wo bleibt meine Bestellung denn nur?' },
    ],
  };
  const answered = (head: string) => outcomeOf({ meter: { head: () => head } });

  it('say whether it was declined at once, and the rest when there is time', () => {
    const signals = Signals.create({ config });
    const it = record();
    const look = signals.lookAt(
      aCall({}, { body }),
      answered(chat({ content: 'Es tut mir leid, das geht nicht.' })),
      it,
    );
    expect(it).toEqual({ declined: true });
    expect(look?.()).toEqual({
      language: 'de',
      topic: topicOf('bestellung'),
    });
  });

  it('are of a sample that is bounded, and of answers of models', () => {
    let now = 0;
    const signals = Signals.create({ config, clock: () => now });
    const look = (outcome = answered(chat({ content: 'Yes' }))) =>
      signals.lookAt(aCall({}, { body }), outcome, record()) !== undefined;
    expect([look(), look(), look()]).toEqual([true, true, false]);
    now += 500;
    expect([look(), look()]).toEqual([true, false]);
    now += 10_000;
    expect(look(outcomeOf({ shortcut: true, attempts: 0 }))).toBe(false);
    expect(look(outcomeOf({ status: 500 }))).toBe(false);
    const off = Signals.create({ config: { ...config, rate: 0 } });
    const it = record();
    off.lookAt(
      aCall({}, { body }),
      answered(chat({ content: 'I cannot' })),
      it,
    );
    expect(it).toEqual({});
  });

  it('are taken out for a control plane that does not know them', () => {
    const plain = '{"id":"a","model":"m"}';
    expect(withoutSignals([plain])).toBeUndefined();
    expect(
      withoutSignals([plain, '{"id":"b","declined":false,"topic":3}']),
    ).toEqual([plain, '{"id":"b"}']);
  });
});

describe('ids of answers', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  const call = aCall({}, { keyId: 'mine', now });
  const idOf = (ids: AnswerIds) => ids.headersOf(call)[ANSWER_ID_HEADER];

  it('are opened by every gateway with the secret, for the same key, for a day', () => {
    const id = idOf(new AnswerIds('secret'));
    const other = new AnswerIds('secret');
    const later = (hours: number) =>
      new Date(now.getTime() + hours * 3_600_000);
    expect(other.open(id, 'mine', later(23))).toEqual({
      call: call.id,
      at: now.toISOString(),
      model: 'acme/chat',
      version: '1.0',
    });
    expect(other.open(id, 'mine', later(25))).toBeUndefined();
    expect(other.open(id, 'yours', now)).toBeUndefined();
    expect(new AnswerIds('else').open(id, 'mine', now)).toBeUndefined();
    expect(other.open(`a${id}`, 'mine', now)).toBeUndefined();
    expect(other.open('nonsense', 'mine', now)).toBeUndefined();
    expect(new AnswerIds(undefined).open(id, 'mine', now)).toBeUndefined();
  });
});
