import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createPublishFolderAction } from './createPublishFolderAction';

describe('model:publish:folder', () => {
  const disk = createMockDirectory();

  const run = async (options: { isDryRun?: boolean; folder?: string } = {}) => {
    const { folder = disk.resolve('published'), isDryRun } = options;
    const action = createPublishFolderAction({
      publishFolder: folder || undefined,
    });
    const output: Record<string, unknown> = {};
    const context = {
      ...createMockActionContext({
        input: { name: 'service' },
        workspacePath: disk.resolve('workspace'),
      }),
      isDryRun,
      output: (name: string, value: unknown) => {
        output[name] = value;
      },
    };
    await action.handler(context as Parameters<typeof action.handler>[0]);
    return output;
  };

  beforeEach(() => {
    disk.setContent({ workspace: { 'README.md': '# Service' } });
  });

  it('makes a repository with one commit', async () => {
    const output = await run();
    expect(output.path).toBe(disk.resolve('published/service'));
    expect(
      execFileSync('git', ['ls-tree', '-r', '--name-only', 'main'], {
        cwd: disk.resolve('published/service'),
        encoding: 'utf8',
      }),
    ).toBe('README.md\n');
  });

  it('leaves a repository alone that is there already', async () => {
    await run();
    await expect(run()).rejects.toThrow(/choose another name/);
    expect(existsSync(disk.resolve('published/service/README.md'))).toBe(true);
  });

  it('makes nothing in a dry run', async () => {
    await run({ isDryRun: true });
    expect(existsSync(disk.resolve('published'))).toBe(false);
  });

  it('refuses without a folder', async () => {
    await expect(run({ folder: '' })).rejects.toThrow(
      /set scaffolder\.models\.publishFolder/,
    );
  });
});
