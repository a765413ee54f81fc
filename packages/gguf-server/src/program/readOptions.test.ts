import { readOptions } from './readOptions';

const MODEL = ['--model', '/models/Tiny Writer.gguf'];

describe('readOptions', () => {
  it('knows what is usual', () => {
    expect(readOptions(MODEL, {})).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      servedName: 'Tiny Writer',
      token: undefined,
      parallel: 2,
      queue: 16,
      drainSeconds: 10,
    });
    expect(readOptions(['--help'], {})).toBe('help');
  });

  it('takes the token from the environment alone', () => {
    const args = [...MODEL, '--host', '0.0.0.0', '--token-env', 'TOKEN'];
    expect(readOptions(args, { TOKEN: 'secret' })).toMatchObject({
      token: 'secret',
    });
    expect(() => readOptions(args, {})).toThrow('variable TOKEN is empty');
  });

  it.each<[string[], string]>([
    [[], '--model is needed'],
    [[...MODEL, '--nonsense'], "Unknown option '--nonsense'"],
    [[...MODEL, '--host', '0.0.0.0'], 'others than this machine can call'],
    [[...MODEL, '--digest', 'sha1:1'], '--digest needs sha256:'],
    [[...MODEL, '--port', '70000'], '--port needs a whole number'],
    [[...MODEL, '--threads', '1.5'], '--threads needs a whole number'],
    [[...MODEL, '--expires-at', 'soon'], '--expires-at needs a time'],
    [[...MODEL, '--log-level', 'loud'], '--log-level needs debug'],
  ])('refuses %j', (args, words) => {
    expect(() => readOptions(args, {})).toThrow(words);
  });
});
