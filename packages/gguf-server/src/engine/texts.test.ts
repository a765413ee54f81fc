import { loadLlama } from './loadLlama';
import { StopTexts } from './StopTexts';
import { TokenText } from './TokenText';

/** What is shown of pieces, and whether a stop ended it. */
function shown(stops: string[], pieces: string[]) {
  const filter = new StopTexts(stops);
  let text = '';
  for (const piece of pieces) {
    const next = filter.add(piece);
    text += next.text;
    if (next.isEnd) return [text, true];
  }
  return [text + filter.end(), false];
}

describe('StopTexts', () => {
  it.each<[string[], string[], string, boolean]>([
    [[], ['a', 'b'], 'ab', false],
    [['END'], ['so E', 'ND more'], 'so ', true],
    [['END'], ['so E', 'Nd'], 'so ENd', false],
    [['END'], ['so EN'], 'so EN', false],
    [['aab'], ['aa', 'a', 'b'], 'a', true],
    [['long stop', 'st'], ['a long st', 'op'], 'a long ', true],
    [['x', ''], ['a', 'bx'], 'ab', true],
  ])('%j in %j shows %j', (stops, pieces, text, isEnd) => {
    expect(shown(stops, pieces)).toEqual([text, isEnd]);
  });

  it('shows at once what can be no beginning of a stop', () => {
    const filter = new StopTexts(['\n\n']);
    expect(filter.add('line')).toEqual({ text: 'line', isEnd: false });
    expect(filter.add('\n')).toEqual({ text: '', isEnd: false });
    expect(filter.add('next')).toEqual({ text: '\nnext', isEnd: false });
  });
});

describe('TokenText', () => {
  const bytesOf = (text: string) => [...Buffer.from(text)];
  const decoder = () =>
    new TokenText<number>(tokens => Buffer.from(tokens).toString());

  it('gives characters whole, whatever tokens tear', () => {
    const text = decoder();
    const pieces = bytesOf(' né 🎈').map(byte => text.add(byte));
    expect(pieces.filter(piece => piece !== '')).toEqual(['n', 'é', ' ', '🎈']);
    expect(text.end()).toBe('');
  });

  it('gives what is left of a torn one at the end', () => {
    const text = decoder();
    const [first, second] = bytesOf('🎈');
    expect(text.add(first) + text.add(second)).toBe('');
    expect(text.end()).toBe('\ufffd');
  });
});

describe('loadLlama', () => {
  it('says what to install where it is missing', async () => {
    const missing = Object.assign(new Error('Cannot find package'), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    await expect(loadLlama(() => Promise.reject(missing))).rejects.toThrow(
      'yarn add node-llama-cpp@3.21.1',
    );
    await expect(
      loadLlama(() => Promise.reject(new Error('bad ELF'))),
    ).rejects.toThrow('cannot be loaded: bad ELF');
  });
});
