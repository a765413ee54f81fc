import { longestInOrder, mostMatched } from './alignment';
import { argumentsFit, fits, holds } from './matching';
import { outcomeProblem } from './outcome';
import { filled, World } from './World';

it.each([
  ['the same text', 'a', ' a ', true],
  ['a text and a number', '1', 1, false],
  ['a list in another order', [1, 2], [2, 1], false],
  ['an object with more', { a: 1 }, { a: 1, b: 2 }, false],
  ['an object in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, true],
  ['whatever is there', { $any: true }, null, true],
  ['whatever is not there', { $any: true }, undefined, false],
  ['one of several', { $anyOf: [1, { $regex: '^x' }] }, 'xy', true],
  ['none of several', { $anyOf: [1, 2] }, 3, false],
  ['a pattern in a number', { $regex: '^4' }, 42, true],
  ['a pattern in a list', { $regex: '4' }, [4], false],
  ['close enough', { $near: 10, within: 0.5 }, 10.5, true],
  ['not close enough', { $near: 10, within: 0.5 }, 10.6, false],
  ['a text that looks close', { $near: 10, within: 0.5 }, '10', false],
])('%s', (_, matcher, value, isFit) => {
  expect(fits(matcher, value)).toBe(isFit);
});

it('takes further arguments unless they have to be exact', () => {
  expect(argumentsFit({ a: 1 }, undefined, { a: 1, b: 2 })).toBe(true);
  expect(argumentsFit({ a: 1 }, 'exact', { a: 1, b: 2 })).toBe(false);
  expect(argumentsFit(undefined, 'exact', { a: 1 })).toBe(true);
  expect(argumentsFit({ a: 1 }, undefined, 'text')).toBe(false);
  expect(holds({ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 })).toBe(true);
});

it('keeps a partner for the one that has no other', () => {
  // The first fits both, the second only the first call.
  const pairs = [
    [0, 0],
    [0, 1],
    [1, 0],
  ];
  const isPair = (a: number, b: number) =>
    pairs.some(([x, y]) => x === a && y === b);
  expect(mostMatched(2, 2, isPair)).toEqual([1, 0]);
  expect(mostMatched(2, 1, isPair)).toEqual([0, undefined]);
});

it.each([
  ['ABCBDAB', 'BDCABA', 4],
  ['AGGTAB', 'GXTXAYB', 4],
  ['', 'A', 0],
])('the longest in common of %s and %s is %i', (a, b, length) => {
  // The examples of Cormen et al. and of GeeksforGeeks.
  expect(
    longestInOrder(
      a.length,
      b.length,
      (x, y) => a[x] === b[y],
      () => true,
    ),
  ).toEqual({ required: length, optional: 0 });
});

it('does not let a path reach into objects themselves', () => {
  const world = new World({ a: 1 });
  world.set('__proto__.polluted', true);
  world.set('a.constructor.x', true);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(world.get('constructor')).toBeUndefined();
  expect(world.state).toEqual({ a: 1 });
});

it('keeps the kind of a value that stands alone', () => {
  const world = new World({ n: { list: [1, { x: 5 }] } });
  expect(filled('{{args.n}}', { n: 3 }, world)).toBe(3);
  expect(filled('{{state.n.list.1}}', {}, world)).toEqual({ x: 5 });
  expect(filled({ a: ['n is {{args.n}}!'] }, { n: 3 }, world)).toEqual({
    a: ['n is 3!'],
  });
  expect(filled('{{args.gone}}!', {}, world)).toBe('!');
});

it.each([
  [{ json: { ok: true } }, 'Here: ```json\n{"ok": true, "n": 1}\n```', /^$/],
  [{ json: { ok: true } }, 'so {"ok": false} it is', 'is not {"ok":true}'],
  [{ json: { ok: true } }, 'nothing', 'holds no JSON'],
  [{ notRegex: 'sorry' }, 'so sorry', 'which it must not'],
  [{ state: { n: { $near: 1, within: 0.1 } } }, 'x', 'n is 2 in the end'],
])('outcome %j of %j', (outcome, text, problem) => {
  const said = outcomeProblem(outcome, {
    calls: [],
    texts: [text],
    turns: 1,
    ended: 'answered',
    state: { n: 2 },
  });
  expect(said ?? '').toMatch(problem);
});
