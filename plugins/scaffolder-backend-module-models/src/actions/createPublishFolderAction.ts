import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConflictError, InputError } from '@backstage/errors';
import {
  createTemplateAction,
  executeShellCommand,
} from '@backstage/plugin-scaffolder-node';

const AUTHOR = [
  '-c',
  'user.name=Model Hub',
  '-c',
  'user.email=model-hub@localhost',
];

/**
 * Creates `model:publish:folder`: makes a git repository on the machine of the
 * backend, for portals without a source control host.
 *
 * @public
 */
export function createPublishFolderAction(options: {
  /** Folder in which the repositories are made; without it, all is refused. */
  publishFolder?: string;
}) {
  return createTemplateAction({
    id: 'model:publish:folder',
    description:
      'Makes a git repository with the content of the workspace in the folder that the administrator named.',
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z
            .string()
            .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
            .max(63)
            .describe('Name of the repository'),
      },
      output: {
        path: z => z.string(),
        remoteUrl: z => z.string(),
      },
    },
    async handler(ctx) {
      const { publishFolder } = options;
      if (!publishFolder) {
        throw new InputError(
          'There is no folder to publish to; set scaffolder.models.publishFolder, or use a publish action of your source control host in the template',
        );
      }
      const target = path.join(path.resolve(publishFolder), ctx.input.name);
      ctx.output('path', target);
      ctx.output('remoteUrl', pathToFileURL(target).href);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would make the repository ${target}`);
        return;
      }

      await mkdir(path.dirname(target), { recursive: true });
      try {
        await mkdir(target);
      } catch {
        throw new ConflictError(
          `There is a repository ${ctx.input.name} already; choose another name`,
        );
      }
      try {
        await cp(ctx.workspacePath, target, { recursive: true });
        for (const args of [
          ['init', '--quiet', '--initial-branch=main'],
          ['add', '--all'],
          [...AUTHOR, 'commit', '--quiet', '--message=Start from the template'],
        ]) {
          await executeShellCommand({
            command: 'git',
            args,
            options: { cwd: target },
            logger: ctx.logger,
          });
        }
      } catch (error) {
        await rm(target, { recursive: true, force: true });
        throw error;
      }
    },
  });
}
