import { execFile } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commandsOf, type Asker } from './commands';
import {
  changesBetween,
  hashOfFiles,
  hashOfText,
  overlaid,
  withChanges,
} from './fileSets';
import { pathInRepository, unifiedPatch } from './patch';
import { rebase } from './rebase';
import type { ProposalRecord } from './records';

const run = promisify(execFile);
const source = (file: string, text: string) => ({ file, text });

describe('files with changes over them', () => {
  const files = [source('a.yaml', 'a'), source('b.yaml', 'b')];

  it.each([
    [
      'changes',
      [{ name: 'a.yaml', content: 'A' }],
      { 'a.yaml': 'A', 'b.yaml': 'b' },
    ],
    [
      'adds',
      [{ name: '0.yaml', content: '0' }],
      { '0.yaml': '0', 'a.yaml': 'a', 'b.yaml': 'b' },
    ],
    ['removes', [{ name: 'b.yaml' }], { 'a.yaml': 'a' }],
  ])('%s', (_, changes, expected) => {
    const after = withChanges(files, changes);
    expect(Object.fromEntries(after.map(one => [one.file, one.text]))).toEqual(
      expected,
    );
    expect(changesBetween(files, after)).toEqual(changes);
    expect(hashOfFiles(after)).not.toBe(hashOfFiles(files));
    expect(hashOfFiles([...after].reverse())).toBe(hashOfFiles(after));
  });

  it.each([
    ['the folder stayed as it was', 'old', []],
    ['the folder caught up', 'mine', []],
    ['the folder says a third thing', 'theirs', ['theirs']],
    ['the folder lost it', undefined, [undefined]],
  ])('conflict where %s', (_, folderText, expected) => {
    const { files: now, conflicts } = overlaid(
      folderText === undefined ? [] : [source('a.yaml', folderText)],
      [
        {
          file: 'a.yaml',
          text: 'mine',
          hash: hashOfText('mine'),
          folderHash: hashOfText('old'),
        },
      ],
    );
    expect(now).toEqual([source('a.yaml', 'mine')]);
    expect(conflicts.map(conflict => conflict.folderText)).toEqual(expected);
  });
});

describe('putting a proposal over what is in force', () => {
  const base = 'one\ntwo\nthree\nfour\nfive\n';
  const over = (content: string | undefined, now: string | undefined) =>
    rebase(
      {
        files: [{ name: 'a.yaml', content }],
        baseFiles: [{ name: 'a.yaml', content: base }],
      },
      now === undefined ? [] : [source('a.yaml', now)],
    );

  it('keeps both changes of different lines', () => {
    const now = base.replace('five', '5');
    expect(over(base.replace('one', '1'), now)).toEqual({
      files: [{ name: 'a.yaml', content: '1\ntwo\nthree\nfour\n5\n' }],
      baseFiles: [{ name: 'a.yaml', content: now }],
      conflicts: [],
    });
  });

  it('marks changes of the same line, and names the file', () => {
    const rebased = over(base.replace('one', '1'), base.replace('one', 'I'));
    expect(rebased.conflicts).toEqual(['a.yaml']);
    expect(rebased.files[0].content).toBe(
      '<<<<<<< this proposal\n1\n=======\nI\n>>>>>>> in force\ntwo\nthree\nfour\nfive\n',
    );
  });

  it('forgets what is in force by now', () => {
    expect(
      over(base.replace('one', '1'), base.replace('one', '1')).files,
    ).toEqual([]);
  });

  it('keeps its word about a file that the other side removed, and says so', () => {
    const content = base.replace('one', '1');
    expect(over(content, undefined)).toMatchObject({
      files: [{ content }],
      conflicts: ['a.yaml'],
    });
  });
});

describe('a patch', () => {
  it('is taken by git apply', async () => {
    const repository = await mkdtemp(join(tmpdir(), 'patch-'));
    try {
      const policies = join(repository, 'deploy', 'policies');
      await mkdir(policies, { recursive: true });
      await run('git', ['init', '--quiet', repository]);
      const lines = Array.from({ length: 12 }, (_, n) => `line ${n}\n`).join(
        '',
      );
      await writeFile(join(policies, 'changed.yaml'), lines);
      await writeFile(join(policies, 'gone.yaml'), 'gone: true');
      expect(pathInRepository(policies)).toBe('deploy/policies');
      const patch = unifiedPatch(
        [
          {
            name: 'changed.yaml',
            before: lines,
            content: lines.replace('line 6', 'six'),
          },
          { name: 'gone.yaml', before: 'gone: true' },
          { name: 'new.yaml', content: 'new: true\n' },
          { name: 'same.yaml', before: 'x', content: 'x' },
        ],
        pathInRepository(policies),
      );
      await writeFile(join(repository, 'it.patch'), patch);
      await run('git', ['apply', 'it.patch'], { cwd: repository });
      expect((await readdir(policies)).sort()).toEqual([
        'changed.yaml',
        'new.yaml',
      ]);
      expect(await readFile(join(policies, 'changed.yaml'), 'utf8')).toBe(
        lines.replace('line 6', 'six'),
      );
      expect(await readFile(join(policies, 'new.yaml'), 'utf8')).toBe(
        'new: true\n',
      );
    } finally {
      await rm(repository, { recursive: true });
    }
  });
});

describe('what may be done with a proposal', () => {
  const proposal: ProposalRecord = {
    id: 'p',
    title: 'Title',
    reason: 'Reason enough.',
    author: 'user:default/ada',
    state: 'open',
    revision: 1,
    baseVersion: 'v',
    baseHash: 'now',
    files: [{ name: 'a.yaml', content: 'a' }],
    baseFiles: [{ name: 'a.yaml' }],
    createdAt: '',
    updatedAt: '',
  };
  const both = { mayPropose: true, mayActivate: true };
  const ada: Asker = { person: 'user:default/ada', ...both };
  const ines: Asker = { person: 'user:default/ines', ...both };
  const dana: Asker = { ...ines, mayPropose: false, mayActivate: false };
  const robot: Asker = { ...both };

  it.each<
    [string, Partial<ProposalRecord>, Asker, 'files' | 'portal', string[]]
  >([
    ['its author', {}, ada, 'portal', ['edit', 'withdraw']],
    ['somebody else', {}, ines, 'portal', ['withdraw', 'activate']],
    ['who may nothing', {}, dana, 'portal', []],
    ['a service', {}, robot, 'portal', []],
    ['somebody else, in files', {}, ines, 'files', ['withdraw']],
    ['somebody else, unchanged', { files: [] }, ines, 'portal', ['withdraw']],
    [
      'its author, outdated',
      { baseHash: 'then' },
      ada,
      'portal',
      ['edit', 'rebase', 'withdraw'],
    ],
    [
      'somebody else, outdated',
      { baseHash: 'then' },
      ines,
      'portal',
      ['withdraw'],
    ],
    ['anybody, withdrawn', { state: 'withdrawn' }, ines, 'portal', []],
    ['anybody, activated', { state: 'activated' }, ada, 'portal', []],
  ])('by %s', (_, change, asker, manage, expected) => {
    const commands = commandsOf({ ...proposal, ...change }, asker, {
      base: { hash: 'now' },
      manage,
    });
    expect(
      commands.filter(({ allowed }) => allowed).map(({ command }) => command),
    ).toEqual(expected);
    for (const { allowed, refusal } of commands) {
      expect(allowed).toBe(refusal === undefined);
    }
  });
});
