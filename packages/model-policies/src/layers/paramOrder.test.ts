import type { JsonValue, ParamOrder } from '../types';
import { isAtLeastAsStrict, strictestParams } from './paramOrder';

const thresholds: ParamOrder = {
  each: { fields: { atLeast: 'higher', atMost: 'lower' } },
};
const regression: ParamOrder = {
  fields: { margin: 'lower', required: [false, true] },
};

it.each<[string, ParamOrder, JsonValue, JsonValue, boolean]>([
  [
    'more is asked',
    thresholds,
    { f1: { atLeast: 0.7 } },
    { f1: { atLeast: 0.8 } },
    true,
  ],
  [
    'less is asked',
    thresholds,
    { f1: { atLeast: 0.7 } },
    { f1: { atLeast: 0.6 } },
    false,
  ],
  [
    'one more',
    thresholds,
    { f1: { atLeast: 1 } },
    { f1: { atLeast: 1 }, em: { atLeast: 0 } },
    true,
  ],
  [
    'one less',
    thresholds,
    { f1: { atLeast: 1 }, em: { atLeast: 0 } },
    { f1: { atLeast: 1 } },
    false,
  ],
  [
    'the other way',
    thresholds,
    { f1: { atLeast: 1 } },
    { f1: { atMost: 1 } },
    false,
  ],
  [
    'both ways',
    thresholds,
    { f1: { atLeast: 1 } },
    { f1: { atLeast: 1, atMost: 2 } },
    true,
  ],
  ['no object', thresholds, { f1: { atLeast: 1 } }, [1], false],
  [
    'a smaller margin',
    regression,
    { margin: 0.1 },
    { margin: 0.05, required: true },
    true,
  ],
  [
    'a part without an order',
    regression,
    { margin: 0.1, confidence: 0.95 },
    { margin: 0.1, confidence: 0.5 },
    false,
  ],
  [
    'a new part without an order',
    regression,
    { margin: 0.1 },
    { margin: 0.1, confidence: 0.5 },
    false,
  ],
])('%s in an object', (_, order, base, next, expected) => {
  expect(isAtLeastAsStrict(order, base, next)).toBe(expected);
});

it('of two objects takes the stricter parts of each', () => {
  expect(
    strictestParams(
      { thresholds, regression },
      {
        thresholds: { f1: { atLeast: 0.7 }, em: { atLeast: 0.5 } },
        regression: { margin: 0.1, required: true },
      },
      {
        thresholds: { f1: { atLeast: 0.8 }, cost: { atMost: 1 } },
        regression: { margin: 0.2, required: false },
      },
    ),
  ).toEqual({
    thresholds: {
      f1: { atLeast: 0.8 },
      em: { atLeast: 0.5 },
      cost: { atMost: 1 },
    },
    regression: { margin: 0.1, required: true },
  });
});
