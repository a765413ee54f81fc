import { expect } from '@playwright/test';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { portalTest } from './shared';
import { Api } from './support/api';
import { expectAccessible } from './support/axe';
import { createShots } from './support/shots';

const GATE = 'Performance targets';

const model = {
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { namespace: 'probe', name: 'swift', title: 'Swift helper' },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/ml-platform',
    provider: 'probe',
    gatewayId: 'probe/swift',
    license: { id: 'apache-2.0' },
    useCases: { intended: ['Tests of evidence'] },
    versions: [
      {
        name: '1',
        artifact: {
          uri: 'hf://probe/swift',
          digest: `sha256:${'ab'.repeat(32)}`,
        },
      },
    ],
  },
};

const policy = (tier: string) => ({
  title: tier,
  tier,
  scope: { organisation: true },
  expiresAfterDays: 30,
  checkDeadlineHours: 24,
  snapshotMaxAgeSeconds: 900,
  breakGlass: { allowed: false },
  gates: {
    'performance-sla': {
      required: true,
      params: { maxTtftMsP95: 30_000, maxErrorRate: 0.5 },
    },
  },
  signOffs: {},
});

/** A portal whose policies ask for a measurement, and for nothing else. */
const test = portalTest(folder => {
  const policies = path.join(folder, 'policies');
  fs.mkdirSync(policies);
  for (const tier of ['sandbox', 'internal', 'customer-facing', 'regulated']) {
    fs.writeFileSync(
      path.join(policies, `${tier}.yaml`),
      JSON.stringify(policy(tier)),
    );
  }
  return {
    entities: [model],
    config: { modelGovernance: { policies: { path: policies } } },
  };
});

/** The real command line, as a pipeline runs it. */
function modelhub(args: string[], env: Record<string, string> = {}) {
  return new Promise<{ status: number | null; output: string }>(resolve => {
    const child = spawn(
      process.execPath,
      ['packages/cli/bin/modelhub', ...args],
      { env: { ...process.env, ...env } },
    );
    let output = '';
    child.stdout.on('data', data => (output += data));
    child.stderr.on('data', data => (output += data));
    child.on('close', status => resolve({ status, output }));
  });
}

test('a request that waits for a measurement goes on when a pipeline sends one', async ({
  portal,
  people,
}, testInfo) => {
  const shot = createShots('evidence', testInfo);
  const { page: dana } = await people.as('Dana Developer');
  const query = new URLSearchParams({
    entityRef: 'model:probe/swift',
    modelVersion: '1',
    purpose: 'experimentation',
    profile: 'customer-care',
  });
  await dana.goto(`${portal.url}/model-governance/request?${query}`);
  await dana.getByRole('radio', { name: 'Sandbox' }).check();
  await dana
    .getByLabel('Justification')
    .fill('Short answers for the people of the desk.');
  await dana.getByRole('button', { name: 'Submit request' }).click();
  await dana.waitForURL(/\/model-governance\/approvals\/[\w-]{36}/);
  const approval = /approvals\/([\w-]{36})/.exec(dana.url())![1];
  const row = dana.getByRole('article', { name: GATE });
  await expect(row.getByText('Needs evidence')).toBeVisible();

  // The page says how, and gives a token, once.
  const waiting = dana.getByRole('region', { name: `Evidence for ${GATE}` });
  await expect(waiting).toContainText('modelhub evidence upload');
  await waiting.scrollIntoViewIfNeeded();
  await shot(dana, 'waiting');
  await expectAccessible(dana, 'a request that waits for evidence');
  await dana.getByRole('button', { name: 'Issue token…' }).click();
  await dana.getByRole('dialog').getByLabel('Name').fill('nightly');
  await dana
    .getByRole('dialog')
    .getByRole('button', { name: 'Issue', exact: true })
    .click();
  const shown = dana.getByLabel('Evidence token', { exact: true });
  const token = (await shown.textContent())!.trim();
  expect(token).toMatch(/^mhe1\./);
  await dana.getByLabel('I stored it').check();
  await dana.getByRole('button', { name: 'Done' }).click();
  await expect(shown).toHaveCount(0);

  // What a pipeline does.
  const run = testInfo.outputPath('run.json');
  const measured = await modelhub([
    'evaluate',
    'performance',
    '--endpoint',
    `${portal.upstreamUrl}/v1`,
    '--model',
    'probe/swift',
    // The demo's upstream takes its time; what holds under this load holds under less.
    '--concurrency',
    '16',
    '--requests',
    '64',
    '--warm-up',
    '1',
    '--output-tokens',
    '16',
    '--output',
    run,
  ]);
  expect(measured).toMatchObject({ status: 0 });
  const env = { MODELHUB_EVIDENCE_TOKEN: token };
  const upload = ['evidence', 'upload', run, '--gate', 'performance-sla'];
  const sent = await modelhub(upload, env);
  expect(sent.output).toContain('1 request is checked again');
  expect(sent.status).toBe(0);

  // The page follows by itself.
  await expect(row.getByText('Passed')).toBeVisible();
  await expect(dana.getByText('Approved').first()).toBeVisible();
  const table = dana.getByRole('table', { name: `Evidence for ${GATE}` });
  await expect(table).toContainText('nightly');
  await table.scrollIntoViewIfNeeded();
  await shot(dana, 'approved');

  // Everything is taken elsewhere and checked there.
  const bundle = testInfo.outputPath('bundle.json');
  const download = dana.waitForEvent('download');
  await dana.getByRole('button', { name: 'Download bundle' }).click();
  await (await download).saveAs(bundle);
  const nora = await Api.as(portal, 'nora');
  const { items } = await nora.call<{ items: Array<{ publicKey: string }> }>(
    'GET',
    'model-governance/signing-keys',
  );
  const keys = testInfo.outputPath('keys.pem');
  fs.writeFileSync(keys, items.map(({ publicKey }) => publicKey).join('\n'));
  const verify = ['evidence', 'verify', bundle, '--key', keys];
  const checked = await modelhub(verify);
  expect(checked.output).toContain(`approval ${approval}`);
  expect(checked.status).toBe(0);
  fs.writeFileSync(
    bundle,
    fs.readFileSync(bundle, 'utf8').replace('"sandbox"', '"regulated"'),
  );
  const forged = await modelhub(verify);
  expect(forged.output).toContain('attestation: digest');
  expect(forged.status).toBe(1);

  // A token that is revoked signs nothing any more.
  await dana.getByRole('link', { name: 'My evidence tokens' }).click();
  await dana.getByRole('button', { name: 'Revoke token nightly…' }).click();
  await dana.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(dana.getByText('Revoked')).toBeVisible();
  const late = await modelhub(upload, env);
  expect(late.output).toContain('was revoked');
  expect(late.status).toBe(1);
});
