import { editDistance, editsAllowed, nearest } from './spelling';

describe('spelling', () => {
  it.each([
    ['alpha', 'alpha', 0],
    ['alpah', 'alpha', 1],
    ['alph', 'alpha', 1],
    ['alphaa', 'alpha', 1],
    ['olpha', 'alpha', 1],
    ['ebmeding', 'embedding', 2],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
  ])('%s is away from %s by %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  it.each([
    ['gpt', 0],
    ['qwne', 1],
    ['mistral', 1],
    ['embeding', 2],
  ])('lets %s have %i mistakes', (word, edits) => {
    expect(editsAllowed(word)).toBe(edits);
  });

  it('takes the nearest words, and none that are too far', () => {
    const words = ['embedding', 'embeddings', 'emitting', 'qwen'];
    expect(nearest('embeding', words)).toEqual(['embedding']);
    expect(nearest('embeddign', words)).toEqual(['embedding']);
    expect(nearest('qwne', words)).toEqual(['qwen']);
    expect(nearest('claude', words)).toEqual([]);
    expect(nearest('gp', ['gpt'])).toEqual([]);
  });

  it('offers every word that is as near', () => {
    expect(nearest('cart', ['card', 'care', 'cat', 'dart'])).toEqual([
      'card',
      'care',
      'cat',
      'dart',
    ]);
  });
});
