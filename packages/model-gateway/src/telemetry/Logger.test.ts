import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { loggerTo } from './Logger';

/** Logs much more than a pipe holds, and tells on stderr what became of it. */
const PROGRAM = `
require('@backstage/cli/config/nodeTransform.cjs');
const { createJsonLogger } = require(${JSON.stringify(
  path.join(__dirname, 'Logger'),
)});
const logger = createJsonLogger();
let ticks = 0;
const line = { text: 'x'.repeat(500) };
const timer = setInterval(() => {
  for (let n = 0; n < 1000; n++) logger.info('Answered', line);
  if (++ticks === 40) {
    clearInterval(timer);
    process.stderr.write(JSON.stringify({ ticks, dropped: logger.dropped }) + '\\n');
    logger.close().then(() => process.exit(0));
  }
}, 1);
`;

describe('createJsonLogger', () => {
  it('blocks nobody when its reader does not read, and throws lines away', async () => {
    const child = spawn(process.execPath, ['-e', PROGRAM], {
      cwd: __dirname,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const ended = once(child, 'exit');
      const [told] = await once(child.stderr, 'data');
      expect(JSON.parse(String(told))).toMatchObject({ ticks: 40 });
      expect(JSON.parse(String(told)).dropped).toBeGreaterThan(1000);
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  }, 30_000);
});

describe('loggerTo', () => {
  it('writes one JSON object a line', () => {
    const lines: string[] = [];
    const logger = loggerTo({ write: line => lines.push(line) });
    logger.warn('Lost\nthe control plane', {
      url: 'http://a',
      ms: 1,
      code: undefined,
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]+\n$/);
    const { time, ...rest } = JSON.parse(lines[0]);
    expect(Date.parse(time)).toBeGreaterThan(0);
    expect(rest).toEqual({
      level: 'warn',
      message: 'Lost\nthe control plane',
      url: 'http://a',
      ms: 1,
    });
  });
});
