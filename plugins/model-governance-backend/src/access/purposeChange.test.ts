import type { Purpose } from '@modelhub/backstage-plugin-models-common';
import { changedFields } from './changes';
import { allowsMore, termsAt } from './purposeChange';

const purpose = (more: Partial<Purpose> = {}): Purpose => ({
  id: 'summaries',
  title: 'Summaries',
  dataClasses: ['internal'],
  regions: ['eu'],
  maxRetentionDays: 30,
  uses: ['product'],
  ...more,
});

it.each<[Partial<Purpose>, string[]]>([
  [{ title: 'Other', description: 'Words' }, []],
  [{ dataClasses: [] }, []],
  [{ dataClasses: ['internal', 'personal'] }, ['data of class personal']],
  [{ dataClasses: ['public'] }, ['data of class public']],
  [{ regions: ['eu', 'us'] }, ['processing in us']],
  [{ regions: ['us'] }, ['processing in us']],
  [{ regions: [] }, ['processing in any region']],
  [{ maxRetentionDays: 0 }, []],
  [{ maxRetentionDays: 31 }, ['keeping for 31 days']],
  [{ maxRetentionDays: undefined }, ['keeping for any time']],
  [{ uses: [] }, []],
  [{ uses: ['product', 'hosting'] }, ['the use hosting']],
  [{ uses: undefined }, ['any use']],
])('a purpose that becomes %j allows more: %j', (change, more) => {
  expect(allowsMore(purpose(), purpose(change))).toEqual(more);
});

it('is not wider where anything was allowed', () => {
  const open = purpose({ regions: [], maxRetentionDays: undefined });
  expect(allowsMore(open, purpose())).toEqual([]);
});

it('names the fields that differ', () => {
  expect(
    changedFields(
      { title: 'A', limits: { a: 1, b: 2 }, members: ['x'], gone: undefined },
      { title: 'B', limits: { a: 1, c: 3 }, members: ['x', 'y'], cache: 5 },
    ),
  ).toEqual(['cache', 'limits.b', 'limits.c', 'members', 'title']);
  expect(changedFields({ a: { b: [1] } }, { a: { b: [1] } })).toEqual([]);
});

it('knows what was in force when', () => {
  const [first, second] = [purpose(), purpose({ regions: [] })];
  const history = [
    { since: '2026-11-02', terms: first },
    { since: '2026-11-04', terms: second },
  ];
  const at = (moment: string) => termsAt(history, moment);
  expect(at('2026-11-02')).toBe(first);
  expect(at('2026-11-03')).toBe(first);
  expect(at('2026-11-04')).toBe(second);
  // Older than what is known of the purpose.
  expect(at('2026-11-01')).toBe(first);
});
