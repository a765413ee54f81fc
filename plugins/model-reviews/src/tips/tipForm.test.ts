import { tip } from '../__testUtils__/fixtures';
import { copiedText } from './TipItem';
import { formOf, inputOf, isComplete, readSettings, updateOf } from './tipForm';

describe('the form of a tip', () => {
  it.each([
    ['', {}],
    [' {"temperature": 0.2} ', { settings: { temperature: 0.2 } }],
  ])('reads settings %j', (text, expected) => {
    expect(readSettings(text)).toEqual(expected);
  });

  it.each(['{', '3', '[1]', 'null', 'temperature: 0.2'])(
    'says what is wrong with settings %j',
    text => {
      expect(readSettings(text)).toEqual({ problem: expect.any(String) });
    },
  );

  it('refuses more settings than the backend takes', () => {
    const many = Object.fromEntries(
      Array.from({ length: 101 }, (_, index) => [`s${index}`, 1]),
    );
    expect(readSettings(JSON.stringify(many))).toHaveProperty('problem');
    expect(
      readSettings(JSON.stringify({ stop: 'x'.repeat(10_000) })),
    ).toHaveProperty('problem');
  });

  it('is complete with a title and a text', () => {
    const form = formOf(undefined);
    expect(isComplete({ ...form, title: 'ab', body: 'x' })).toBe(false);
    expect(isComplete({ ...form, title: 'abc', body: ' ' })).toBe(false);
    expect(isComplete({ ...form, title: 'abc', body: 'x' })).toBe(true);
    expect(
      isComplete({ ...form, title: 'abc', body: 'x', settings: '{' }),
    ).toBe(false);
  });

  it('sends what is written', () => {
    const form = { ...formOf(undefined, '1.0'), title: ' abc ', body: ' x ' };
    expect(inputOf(form, 'model:acme/writer', 'r1')).toEqual({
      entityRef: 'model:acme/writer',
      reviewId: 'r1',
      kind: 'prompt',
      title: 'abc',
      body: 'x',
      modelVersion: '1.0',
    });
    const before = tip({ revision: 2 });
    expect(updateOf(formOf(before), before)).toEqual({
      revision: 2,
      kind: 'prompt',
      title: 'Plain JSON',
      body: before.body,
      settings: { temperature: 0 },
    });
  });

  it('copies the prompt of a tip rather than the words around it', () => {
    expect(copiedText(tip().body)).toBe('Answer as <json> only.');
    expect(copiedText('Only words')).toBe('Only words');
  });
});
