import fc from 'fast-check';
import {
  aContent,
  aGrant,
  aKey,
  aModel,
  anyContent,
} from '../__testUtils__/content';
import { applyDelta, diffContent, isEmptyDelta, sortContent } from './delta';

describe('deltas', () => {
  it('turn any content into any other', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (a, b) => {
        expect(applyDelta(a, diffContent(a, b))).toEqual(b);
      }),
      { numRuns: 500 },
    );
  });

  it('are empty exactly when nothing changed', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (a, b) => {
        expect(isEmptyDelta(diffContent(a, structuredClone(a)))).toBe(true);
        expect(isEmptyDelta(diffContent(a, b))).toBe(
          JSON.stringify(a) === JSON.stringify(b),
        );
      }),
    );
  });

  it('name only what changed', () => {
    const before = aContent({
      models: [aModel(), aModel({ gatewayId: 'b/b' })],
    });
    const after = aContent({
      models: [
        aModel({ lifecycle: 'deprecated' }),
        aModel({ gatewayId: 'b/b' }),
      ],
      grants: [],
    });
    expect(diffContent(before, after)).toEqual({
      put: { models: [aModel({ lifecycle: 'deprecated' })] },
      remove: { grants: ['grant-1'] },
    });
  });

  it('notice a field that is dropped', () => {
    const before = aContent({
      keys: [aKey({ limits: { requestsPerMinute: 5 } })],
    });
    expect(diffContent(before, aContent()).put).toEqual({ keys: [aKey()] });
  });

  it('leave what they do not touch as the same array', () => {
    const before = aContent();
    const after = applyDelta(before, {
      put: {},
      remove: { grants: ['grant-1'] },
    });
    expect(after.keys).toBe(before.keys);
    expect(after.grants).toEqual([]);
    expect(before.grants).toHaveLength(1);
  });
});

describe('sortContent', () => {
  it('orders by code units, so that equal content has equal bytes', () => {
    const grants = ['b', 'a', 'B', 'ä'].map(id => aGrant({ id }));
    expect(sortContent(aContent({ grants })).grants.map(it => it.id)).toEqual([
      'B',
      'a',
      'b',
      'ä',
    ]);
  });

  it('refuses an id that occurs twice', () => {
    expect(() =>
      sortContent(aContent({ models: [aModel(), aModel()] })),
    ).toThrow("Id 'acme/tiny' occurs twice");
  });
});
