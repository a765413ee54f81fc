import fc from 'fast-check';
import { parseStrictJson } from '@modelhub/governance-protocol';
import { parseJsonCall } from './parseCall';
import { scanJson } from './scanJson';

const names = fc.constantFrom('a', 'b', 'model', 'é', 'x"y', '\\');
/** JSON text whose objects may name a key twice. */
const { anyJson } = fc.letrec<{ anyJson: string; member: string }>(tie => ({
  anyJson: fc.oneof(
    { maxDepth: 4 },
    fc.json({ maxDepth: 0 }),
    fc.string().map(text => JSON.stringify(text)),
    fc.array(tie('anyJson'), { maxLength: 3 }).map(list => `[${list.join()}]`),
    fc
      .array(tie('member'), { maxLength: 4 })
      .map(list => `{ ${list.join(' , ')}}`),
  ),
  member: fc
    .tuple(names, tie('anyJson'))
    .map(([name, value]) => `${JSON.stringify(name)} : ${value}`),
}));

describe('scanJson', () => {
  it('refuses exactly the texts that name a key twice', () => {
    fc.assert(
      fc.property(anyJson, text => {
        const outcome = (read: () => unknown) => {
          try {
            read();
            return 'fine';
          } catch (error) {
            return (error as Error).message;
          }
        };
        expect(outcome(() => scanJson(text, 'model'))).toBe(
          outcome(() => parseStrictJson(text)),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('parseJsonCall', () => {
  it('puts another model into the same place and changes nothing else', () => {
    const others = fc.dictionary(
      fc.string().map(name => `f${name}`),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(others, others, fc.string({ minLength: 1 }), (a, b, name) => {
        const body = { ...a, model: 'acme/chat', ...b };
        const raw = Buffer.from(JSON.stringify(body));
        const sent = parseJsonCall(raw).withModel(name, '"m":1,').toString();
        expect(JSON.parse(sent)).toEqual({
          ...JSON.parse(raw.toString()),
          model: name,
          m: 1,
        });
      }),
    );
  });
});
