import { expect, type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import path from 'node:path';
import OpenAI from 'openai';
import { type Portal, signIn } from './harness';
import { test } from './shared';
import { createShots } from './support/shots';

const MODEL = 'qwen/qwen3-8b';
const VERSION = 'q4-k-m';
const QUESTION =
  'Summarise: the parcel was late. The customer wants a refund. The refund was paid on Monday.';

/** What the upstream was asked; a refused call must not be in it. */
async function upstreamCalls(portal: Portal): Promise<number> {
  const response = await fetch(`${portal.upstreamUrl}/__calls`);
  const answer = (await response.json()) as { items: unknown[] };
  return answer.items.length;
}

/** A streamed call, piece by piece. */
async function streamed(client: OpenAI) {
  const stream = await client.chat.completions.create({
    model: MODEL,
    stream: true,
    messages: [{ role: 'user', content: QUESTION }],
  });
  const pieces: string[] = [];
  for await (const chunk of stream) {
    pieces.push(chunk.choices[0]?.delta?.content ?? '');
  }
  return { pieces: pieces.length, text: pieces.join('') };
}

async function refusal(
  client: OpenAI,
): Promise<InstanceType<typeof OpenAI.APIError>> {
  try {
    await client.chat.completions.create({
      model: MODEL,
      messages: [{ role: 'user', content: QUESTION }],
    });
  } catch (error) {
    if (error instanceof OpenAI.APIError) return error;
    throw error;
  }
  throw new Error('The call was answered, though it had to be refused');
}

/** Milliseconds until `attempt` stops throwing. */
async function timeUntil(attempt: () => Promise<unknown>, limitMs: number) {
  const from = performance.now();
  for (;;) {
    try {
      await attempt();
      return performance.now() - from;
    } catch (error) {
      if (performance.now() - from > limitMs) throw error;
      await setTimeout(25);
    }
  }
}

test.describe('the main loop', () => {
  test('discover, request, check, decide, enforce, suspend, verify', async ({
    browser,
    portal,
  }, testInfo) => {
    const shot = createShots('story', testInfo);
    const as = async (name: string): Promise<Page> => {
      const context = await browser.newContext({
        viewport: { width: 1366, height: 900 },
        acceptDownloads: true,
      });
      const page = await context.newPage();
      await signIn(page, portal, name);
      return page;
    };

    // Discover.
    const dana = await as('Dana Developer');
    await dana.goto(`${portal.url}/models`);
    await dana
      .getByPlaceholder(/What must the model do/)
      .fill('multilingual qwen');
    await expect(dana).toHaveURL(/q=multilingual\+qwen/);
    await shot(dana, 'search');
    await dana.getByRole('link', { name: 'Qwen3 8B' }).click();
    await expect(
      dana.getByRole('heading', { name: 'Where it may be used today' }),
    ).toBeVisible();
    await expect(dana.getByText('Not approved for any use yet')).toBeVisible();
    await shot(dana, 'card');

    // A key opens nothing by itself.
    const before = await upstreamCalls(portal);
    await dana.goto(`${portal.url}/model-governance/gateways`);
    await dana.getByRole('button', { name: 'Issue key' }).click();
    const dialog = dana.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Ticket summariser');
    await dialog.getByLabel('Access profile').selectOption('customer-care');
    await dialog.getByLabel('Purpose').selectOption('document-summarisation');
    await dialog.getByLabel('Tier').selectOption('internal');
    await dialog.getByRole('button', { name: 'Issue' }).click();
    const secret =
      (await dana.getByLabel('Gateway key', { exact: true }).textContent()) ??
      '';
    expect(secret).toMatch(/^mh_[\w-]{43}$/);
    await shot(dana, 'key-shown-once');
    await dana.getByLabel('I stored it').check();
    await dana.getByRole('button', { name: 'Done' }).click();
    await expect(dana.getByText(secret)).toHaveCount(0);

    const client = new OpenAI({
      apiKey: secret,
      baseURL: `${portal.gatewayUrl}/v1`,
      maxRetries: 0,
    });
    // The gateway hears of the new key within about a second, and of the
    // catalog's models soon after the hub's first start.
    await timeUntil(async () => {
      const { status, error } = await refusal(client);
      expect(status).toBe(403);
      expect(error).toMatchObject({ reason: 'not-approved' });
    }, 90_000);
    const refused = await refusal(client);
    expect(refused.code).toBe('model_not_approved');
    expect(refused.message).toContain(MODEL);
    expect(refused.message).toContain('customer-care');
    const { request_access_url: link } = refused.error as {
      request_access_url: string;
    };
    expect(await upstreamCalls(portal)).toBe(before);

    // Request, where the refusal points to.
    expect(link).toContain(`${portal.url}/model-governance/request?`);
    await dana.goto(link);
    await dana.getByLabel('Version').selectOption(VERSION);
    await dana.getByRole('radio', { name: 'Internal' }).check();
    await expect(dana.getByLabel('Purpose')).toHaveValue(
      'document-summarisation',
    );
    await expect(dana.getByLabel('Access profile')).toHaveValue(
      'customer-care',
    );
    await dana
      .getByLabel('Justification')
      .fill('Short summaries of long tickets for the people of the desk.');
    // The policy's demands stand there before anything is sent.
    await expect(
      dana.getByText('Olga', { exact: false }).first(),
    ).toBeVisible();
    await shot(dana, 'request-with-demands');
    await dana.getByRole('button', { name: 'Submit request' }).click();
    await dana.waitForURL(/\/model-governance\/approvals\//);

    // Check: the gates run by themselves.
    await expect(
      dana.getByText('You asked for this, so somebody else has to decide.'),
    ).toBeVisible({ timeout: 60_000 });
    await expect(
      dana.getByRole('button', { name: 'Approve as lead' }),
    ).toHaveCount(0);
    await shot(dana, 'in-review-for-the-requester');
    const approvalUrl = dana.url();

    // Decide, in another session.
    const olga = await as('Olga Orlova');
    await olga.goto(`${portal.url}/model-governance/queue`);
    await shot(olga, 'queue-of-the-lead');
    await olga.goto(approvalUrl);
    await olga.getByRole('button', { name: 'Approve as lead' }).click();
    await shot(olga, 'approve-dialog');
    await olga
      .getByRole('dialog')
      .getByRole('button', { name: /^Approve/ })
      .click();

    // Enforce: 403 turns into a streamed 200.
    const opened = await timeUntil(() => streamed(client), 60_000);
    testInfo.annotations.push({
      type: 'approval to streamed 200',
      description: `${Math.round(opened)} ms`,
    });
    console.log(`approval to streamed 200: ${Math.round(opened)} ms`);
    expect(opened).toBeLessThan(2_000);
    const answer = await streamed(client);
    expect(answer.pieces).toBeGreaterThan(3);
    expect(answer.text).toContain('refund');
    await expect(dana.getByText('Approved').first()).toBeVisible();
    await shot(dana, 'approved-without-a-reload');
    const models = await client.models.list();
    expect(models.data.map(({ id }) => id)).toEqual(
      expect.arrayContaining([MODEL]),
    );
    const calls = await upstreamCalls(portal);

    // Suspend, with a reason.
    const ines = await as('Ines Iversen');
    await ines.goto(`${portal.url}/catalog/qwen/model/qwen3-8b`);
    await ines
      .getByRole('tab', { name: 'Approvals and versions' })
      .or(ines.getByRole('link', { name: 'Approvals and versions' }))
      .first()
      .click();
    await ines.getByRole('button', { name: 'Suspend…' }).first().click();
    await ines
      .getByRole('dialog')
      .getByLabel(/reason/i)
      .fill('An advisory about this build is being looked into.');
    await shot(ines, 'suspend-dialog');
    await ines
      .getByRole('dialog')
      .getByRole('button', { name: 'Suspend' })
      .click();
    const closed = await timeUntil(async () => {
      expect((await refusal(client)).status).toBe(403);
    }, 60_000);
    console.log(`suspension to 403: ${Math.round(closed)} ms`);
    expect(closed).toBeLessThan(2_000);
    expect((await refusal(client)).status).toBe(403);
    await expect(
      ines
        .getByText('An advisory about this build is being looked into.')
        .first(),
    ).toBeVisible();
    await shot(ines, 'suspended');
    const afterwards = await upstreamCalls(portal);
    await refusal(client);
    expect(await upstreamCalls(portal)).toBe(afterwards);
    expect(afterwards).toBeGreaterThanOrEqual(calls);

    // The record holds, in the portal and offline.
    const ada = await as('Ada Admin');
    await ada.goto(`${portal.url}/model-governance/ledger`);
    await ada.getByRole('button', { name: 'Verify the chain' }).click();
    await expect(
      ada.getByText(/The ledger verifies: \d+ events/),
    ).toBeVisible();
    await shot(ada, 'ledger-verified');
    const download = ada.waitForEvent('download');
    await ada.getByRole('button', { name: 'Export' }).click();
    const file = path.join(testInfo.outputDir, 'ledger.jsonl');
    await (await download).saveAs(file);
    const verify = () =>
      spawnSync(
        process.execPath,
        ['packages/cli/bin/modelhub', 'ledger', 'verify', file],
        { encoding: 'utf8' },
      );
    expect(verify().status).toBe(0);
    const lines = fs.readFileSync(file, 'utf8').trim().split('\n');
    const forged = JSON.parse(lines[4]);
    forged.type = 'approval.approved';
    lines[4] = JSON.stringify(forged);
    fs.writeFileSync(file, `${lines.join('\n')}\n`);
    const { status, stdout, stderr } = verify();
    expect(status).toBe(1);
    expect(stdout + stderr).toMatch(/ledger\.jsonl:5: hash/);
  });
});
