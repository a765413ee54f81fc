import { PickleWriter, pickle, uint32 } from '../../__testUtils__/pickles';
import { scan } from '../../__testUtils__/scans';
import { Memo } from './Memo';
import { PAGE } from './MemoPage';
import { PickleMachine } from './PickleMachine';

/** More than one page: nothing, remembered and dropped. */
const MANY = PAGE + 100;
const many = () => Buffer.alloc(MANY * 3, 'N\x940', 'latin1');

const get = (index: number) => Buffer.concat([Buffer.from('j'), uint32(index)]);

/** Something in the middle of very many objects: neither among the first nor the last. */
const inTheMiddle = (middle: (writer: PickleWriter) => PickleWriter) =>
  middle(pickle(4).raw(many())).raw(many(), many());

/** What is reported by a machine that knows only the first page and the last. */
function follow(bytes: Buffer): string[] {
  const reported: string[] = [];
  const machine = new PickleMachine({
    report: rule => reported.push(rule),
    persistentIds: false,
    memo: new Memo({ first: 1, last: 1 }),
  });
  machine.push(bytes);
  machine.end();
  return reported;
}

describe('a pickle of more objects than are kept', () => {
  it('may come back to its classes and the texts that named them', () => {
    const file = inTheMiddle(writer =>
      writer
        .longText('collections')
        .raw(0x94)
        .longText('OrderedDict')
        .raw(0x94, 0x93, 0x94, '0'),
    )
      .raw(get(MANY + 2), ')', 'R', '0')
      .raw(get(MANY), get(MANY + 1), 0x93, ')', 'R')
      .stop();
    expect(follow(file)).toEqual([]);
  });

  it('may come back to the names of what it imports, dangerous or not', () => {
    const file = inTheMiddle(writer =>
      writer.longText('os').raw(0x94).longText('getcwd').raw(0x94, 0x93, '0'),
    )
      .raw(get(MANY))
      .longText('system')
      .raw(0x93, 'N', 0x85, 'R')
      .stop();
    expect(follow(file)).toEqual([
      'pickle-dangerous-import',
      'pickle-dangerous-import',
    ]);
  });

  it.each<[string, (writer: PickleWriter) => PickleWriter]>([
    [
      'names an import by',
      writer => writer.raw(get(MANY)).longText('system').raw(0x93, ')', 'R'),
    ],
    ['calls', writer => writer.raw(get(MANY), ')', 'R')],
    ['changes', writer => writer.raw(get(MANY), '}', 'b')],
    ['adds to', writer => writer.raw(get(MANY), 'N', 'a')],
  ])('fails where it %s what was forgotten', (_, use) => {
    const file = use(
      inTheMiddle(writer => writer.longText('os').raw(0x94, '0')),
    ).stop();
    expect(() => follow(file)).toThrow('remembered long ago');
  });

  it('may use what was forgotten as data', () => {
    const file = inTheMiddle(writer => writer.longText('os').raw(0x94, '0'))
      .raw(']', get(MANY), 'a')
      .stop();
    expect(follow(file)).toEqual([]);
  });

  it('knows the first and the last as they were', () => {
    for (const at of [3, 3 * MANY + 1]) {
      const file = pickle(4)
        .raw(many().subarray(0, 9))
        .longText('os')
        .raw(0x94, '0', many(), many(), many().subarray(0, 3 * (MANY - 3)))
        .longText('os')
        .raw(0x94, '0', get(at))
        .longText('system')
        .raw(0x93)
        .stop();
      expect(follow(file)).toEqual(['pickle-dangerous-import']);
    }
  });

  it('has no entry where none was made', () => {
    const file = inTheMiddle(writer => writer)
      .raw(get(9 * MANY))
      .stop();
    expect(() => follow(file)).toThrow('nothing is remembered as');
  });

  it('has gaps where it left them', () => {
    const file = (index: number) =>
      pickle(4)
        .raw(many().subarray(0, 3 * PAGE))
        // Every second entry of a page that is put aside later.
        .raw(
          ...Array.from({ length: PAGE / 2 }, (_, at) =>
            Buffer.from([
              ...Buffer.from('Nr'),
              ...uint32(PAGE + 2 * at),
              ...Buffer.from('0'),
            ]),
          ),
        )
        .raw(
          ...Array.from({ length: 2 * PAGE }, (_, at) =>
            Buffer.from([
              ...Buffer.from('Nr'),
              ...uint32(2 * PAGE + at),
              ...Buffer.from('0'),
            ]),
          ),
        )
        .raw(']', get(index), 'a')
        .stop();
    expect(follow(file(PAGE + 200))).toEqual([]);
    expect(() => follow(file(PAGE + 201))).toThrow('nothing is remembered as');
  });
});

describe('what an unpickler remembers', () => {
  it('may be another thing in the same place as often as one likes', async () => {
    const names = Array.from({ length: 70_000 }, (_, index) =>
      new PickleWriter().text(`n${index}`).raw('q', 1, '0').unfinished(),
    );
    const file = pickle(4)
      .longText('os')
      .raw('q', 0, '0', Buffer.concat(names))
      .text('system')
      .raw('q', 1, '0', 'h', 0, 'h', 1, 0x93, ')', 'R')
      .stop();
    expect(await scan(file, 'm.pkl')).toMatchObject({ verdict: 'malicious' });
  });
});
