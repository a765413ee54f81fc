import type { PolicyReplay } from '@modelhub/backstage-plugin-models-common';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import { builtInGateDescriptions, describeGate } from '@modelhub/policies';
import {
  createPortalWorld,
  databaseIds,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../../__testUtils__';

jest.setTimeout(120_000);

const inForce = resolve(__dirname, '../../__testUtils__/policies');
const modelhub = resolve(__dirname, '../../../../../packages/cli/bin/modelhub');

describe.each(databaseIds)('proposed policies on %s', databaseId => {
  // What the command line says does not depend on the database.
  const withCommands = databaseId === databaseIds[0][0];
  let world: PortalWorld;
  let portal: Portal;
  let internal: string;
  let folder: string;

  beforeAll(async () => {
    world = await createPortalWorld(databaseId);
    world.permit = (name, who) =>
      name !== 'model.policy.replay' || who !== 'user:default/dana';
    portal = await startPortal(world);
    internal = await readFile(join(inForce, 'internal.yaml'), 'utf8');
    folder = await mkdtemp(join(tmpdir(), 'trials-'));
    await cp(inForce, folder, { recursive: true });

    const created = await portal
      .as('dana')
      .post('/approvals', { ...wanted, tier: 'sandbox', purpose: 'support' });
    await portal.settle();
    const from = '2026-08-01T00:00:00.000Z';
    const lastAt = '2026-10-31T00:00:00.000Z';
    const scope = {
      model: created.body.gatewayId,
      profile: created.body.profile,
      tier: 'sandbox' as const,
      lastAt,
    };
    world.calls = {
      from,
      to: world.clock.now().toISOString(),
      items: [
        { ...scope, purpose: 'support', calls: 40 },
        { ...scope, purpose: 'search', calls: 2 },
      ],
    };
  });
  afterAll(async () => {
    await portal.stop();
    await rm(folder, { recursive: true });
  });

  const check = async (...files: Array<{ name: string; content?: string }>) =>
    (await portal.as('nora').post('/policies/check', { files })).body;
  const replay = async (
    ...files: Array<{ name: string; content?: string }>
  ): Promise<PolicyReplay> =>
    (await portal.as('nora').post('/policies/replay', { files })).body;
  const sandbox = async () => readFile(join(inForce, 'sandbox.yaml'), 'utf8');
  const refusing = async () => ({
    name: 'sandbox.yaml',
    content: `${await sandbox()}
refuse:
  - { code: no-support, when: purpose.id == "support", message: Not for support. }
`,
  });

  it('are told what is wrong, all of it, with file, field and line', async () => {
    const answer = await check(
      { name: 'sandbox.yaml', content: 'tier: [' },
      {
        name: 'internal.yaml',
        content: internal.replace('required: true', 'required: yes'),
      },
    );
    expect(answer).toMatchObject({ valid: false, tests: [], changes: [] });
    expect(answer.errors).toMatchObject([
      { file: 'internal.yaml', field: 'gates.probe.required', line: 10 },
      {
        file: 'sandbox.yaml',
        line: 1,
        message: expect.stringContaining('not YAML'),
      },
    ]);
    expect(await check({ name: 'internal.yaml' })).toMatchObject({
      valid: false,
      errors: [{ message: expect.stringContaining('no policy for internal') }],
    });
    expect(
      (
        await portal.as('nora').post('/policies/check', {
          files: [{ name: '../etc/passwd.yaml', content: '' }],
        })
      ).status,
    ).toBe(400);
  });

  it('are told what they ask for more, and what their tests say', async () => {
    const answer = await check(
      {
        name: 'internal.yaml',
        content: `${internal}  security: { groups: [group:default/security] }\n`,
      },
      {
        name: 'tests/internal.yaml',
        content: `cases:
  - { name: two sign, input: { tier: internal }, expect: { signOffs: { lead: { quorum: 1, secondFactor: false } } } }
`,
      },
    );
    expect(answer).toMatchObject({ valid: true, errors: [] });
    expect(answer.version).not.toBe(answer.baseVersion);
    expect(answer.changes).toEqual([
      {
        tier: 'internal',
        items: [
          {
            effect: 'stricter',
            text: 'Sign-off by security is asked for.',
          },
        ],
      },
    ]);
    expect(answer.tests).toMatchObject([
      {
        file: 'tests/internal.yaml',
        name: 'two sign',
        differences: [expect.stringContaining('signOffs: expected')],
      },
    ]);
    expect(answer.uncovered).toContainEqual({
      file: 'internal.yaml',
      field: 'gates.probe',
      message: 'no case looks at it',
    });
  });

  it('change nothing when they say the same', async () => {
    const answer = await replay();
    expect(answer.version).toBe(answer.baseVersion);
    expect(answer.approvals).toMatchObject({
      looked: 1,
      ends: 0,
      unchanged: 1,
      items: [],
    });
    expect(answer.calls).toMatchObject({
      known: true,
      looked: 42,
      wouldBeRefused: 0,
    });
  });

  it('end approvals and refuse calls, and say why', async () => {
    const answer = await replay(await refusing());
    expect(answer.approvals).toMatchObject({ looked: 1, ends: 1 });
    expect(answer.approvals.items[0]).toMatchObject({
      effect: 'ends',
      tier: 'sandbox',
      purpose: 'support',
      reasons: [
        {
          code: 'refused',
          message: 'It is refused (no-support): Not for support.',
        },
      ],
    });
    expect(answer.calls).toMatchObject({
      known: true,
      looked: 42,
      wouldBeRefused: 40,
      byModel: [{ purpose: 'support', calls: 40 }],
    });
    // Nothing was written.
    expect(await world.knex('policy_in_force').first('version')).toEqual({
      version: answer.baseVersion,
    });
  });

  it('shorten a life', async () => {
    const answer = await replay({
      name: 'sandbox.yaml',
      content: (
        await sandbox()
      ).replace('expiresAfterDays: 30', 'expiresAfterDays: 7'),
    });
    expect(answer.approvals.items).toMatchObject([
      {
        effect: 'stricter',
        expiresAtThen: expect.stringMatching(/^2026-11-09/),
        reasons: [{ code: 'life' }],
      },
    ]);
  });

  it('are for those who may', async () => {
    const refused = await portal
      .as('dana')
      .post('/policies/replay', { files: [] });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('model.policy.replay');
    const wrong = await portal.as('nora').post('/policies/replay', {
      files: [{ name: 'sandbox.yaml', content: 'tier: [' }],
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.message).toContain('sandbox.yaml: not YAML');
  });

  if (withCommands) {
    describe('on the command line', () => {
      const run = async (args: string[], env: Record<string, string> = {}) => {
        const { port } = portal.server.address() as AddressInfo;
        const child = spawn(
          process.execPath,
          [
            modelhub,
            'policy',
            'replay',
            '--portal',
            `http://localhost:${port}`,
            ...args,
          ],
          {
            env: {
              ...process.env,
              MODELHUB_TOKEN: mockCredentials.user.token('user:default/nora'),
              ...env,
            },
          },
        );
        let [stdout, stderr] = ['', ''];
        child.stdout.on('data', data => {
          stdout += data;
        });
        child.stderr.on('data', data => {
          stderr += data;
        });
        const [code] = await once(child, 'close');
        return { code, stdout, stderr };
      };

      it('list what ends, from a folder', async () => {
        await writeFile(
          join(folder, 'sandbox.yaml'),
          (
            await refusing()
          ).content,
        );
        const { code, stdout } = await run(['--proposed', folder]);
        expect(stdout).toContain('Approvals: 1 live. 1 would end');
        expect(stdout).toContain('It is refused (no-support)');
        expect(stdout).toContain('42 passed, 40 would be refused');
        expect(code).toBe(1);
      });

      it('take one file over those in force, and print JSON', async () => {
        const { code, stdout } = await run([
          '--proposed',
          join(inForce, 'sandbox.yaml'),
          '--json',
        ]);
        expect(JSON.parse(stdout)).toMatchObject({
          approvals: { unchanged: 1 },
        });
        expect(code).toBe(0);
      });

      it.each([
        [['--proposed', '/nowhere'], {}, 'Cannot read /nowhere'],
        [['--proposed', inForce], { MODELHUB_TOKEN: '' }, 'Say who asks'],
        [['--proposed', inForce], { MODELHUB_TOKEN: 'x' }, 'token (401)'],
        [
          ['--proposed', inForce],
          { MODELHUB_TOKEN: mockCredentials.user.token('user:default/dana') },
          'model.policy.replay',
        ],
        [
          ['--proposed', inForce, '--portal', 'http://localhost:1'],
          {},
          'does not answer',
        ],
      ])('cannot tell for %j %j', async (args, env, message) => {
        const { code, stderr } = await run(args, env);
        expect(stderr).toContain(message);
        expect(code).toBe(2);
      });
    });
  }

  it('may ask for the checks that the command line knows', async () => {
    const { body } = await portal.as('nora').get('/policies/gates');
    const installed = body.items.filter(
      ({ id }: { id: string }) => id !== 'probe',
    );
    if (process.env.UPDATE_GATES === '1') {
      await writeFile(
        resolve(
          __dirname,
          '../../../../../packages/model-policies/src/gates/gateDocuments.json',
        ),
        `${JSON.stringify(installed, undefined, 2)}\n`,
      );
      return;
    }
    // When this differs: npm run generate:gates
    expect(builtInGateDescriptions().map(describeGate)).toEqual(installed);
  });
});
