import { expect, type Page, test } from '@playwright/test';
import type {
  Approval,
  ApprovalDetail,
} from '@modelhub/backstage-plugin-models-common';
import { randomUUID } from 'node:crypto';
import { type Portal, type Replica, signIn, startPortal } from './harness';
import { Api } from './support/api';
import { gatewayClient, statusOf, streamed, timeUntil } from './support/calls';
import { GovernanceDatabase } from './support/governanceDatabase';
import {
  approvalOf,
  eventsOf,
  expectVerifies,
  noticesOf,
} from './support/records';
import { createShots } from './support/shots';

const MODEL = 'qwen/qwen3-8b';
const REF = `model:${MODEL}`;
const REQUEST = {
  entityRef: REF,
  modelVersion: 'q4-k-m',
  tier: 'internal',
  profile: 'customer-care',
  justification: 'Short summaries of long tickets for the people of the desk.',
  submit: true,
};

/** What a replica runs by default. */
const GATES_AT_ONCE = 4;

test.describe('two replicas', () => {
  test.describe.configure({ timeout: 10 * 60_000 });
  let portal: Portal;
  let first: Replica;
  let second: Replica;
  let database: GovernanceDatabase;

  test.beforeAll(async () => {
    portal = await startPortal({ database: 'postgres', replicas: 2 });
    [first, second] = portal.replicas;
    database = await GovernanceDatabase.open(portal.postgresUrl!);
  });

  test.afterAll(async () => {
    await database?.end();
    await portal?.stop();
  });

  test('lose, double and block nothing when the one in charge is killed', async ({
    browser,
  }, testInfo) => {
    const shot = createShots('replicas', testInfo);
    const as = async (replica: Replica, name: string): Promise<Page> => {
      const context = await browser.newContext({
        viewport: { width: 1366, height: 900 },
      });
      const page = await context.newPage();
      await signIn(page, replica, name);
      return page;
    };
    const note = (type: string, ms: number) => {
      const description = `${Math.round(ms)} ms`;
      testInfo.annotations.push({ type, description });
      console.log(`${type}: ${description}`);
    };
    /** What waited was delivered, and no check hangs. */
    const expectSettled = async () => {
      await expect
        .poll(() => database.undelivered(), { timeout: 60_000 })
        .toBe(0);
      expect(
        await database.count(
          'SELECT count(*) AS n FROM outbox WHERE abandoned_at IS NOT NULL',
        ),
      ).toBe(0);
      expect(
        await database.count(
          "SELECT count(*) AS n FROM gate_runs WHERE status <> 'done'",
        ),
      ).toBe(0);
      expect(
        await database.count(
          'SELECT count(*) AS n FROM gate_approvals WHERE NOT cancelled AND told < changes',
        ),
      ).toBe(0);
    };

    const danaTwo = await Api.as(second, 'dana');
    const adaTwo = await Api.as(second, 'ada');
    const key = await danaTwo.call<{ secret: string }>(
      'POST',
      'model-governance/keys',
      {
        body: {
          name: 'Ticket summariser',
          profile: 'customer-care',
          purpose: 'document-summarisation',
          tier: 'internal',
        },
      },
    );
    const client = gatewayClient(portal, key.secret);
    await expect.poll(() => statusOf(client, MODEL)).toBe(403);

    const id = await test.step('killed while the gates run', async () => {
      const answers = await database.close('gate_runs', {
        when: `NEW.status = 'done'`,
        skip: `NEW.status = 'running' AND current_setting('application_name') <> 'model-hub-1'`,
      });
      const dana = await as(first, 'Dana Developer');
      const query = new URLSearchParams({
        entityRef: REF,
        tier: 'internal',
        purpose: 'document-summarisation',
        profile: 'customer-care',
        modelVersion: REQUEST.modelVersion,
      });
      await dana.goto(`${first.url}/model-governance/request?${query}`);
      await dana.getByLabel('Justification').fill(REQUEST.justification);
      await dana.getByRole('button', { name: 'Submit request' }).click();
      await dana.waitForURL(/\/model-governance\/approvals\/[\w-]{36}/);
      const made = dana.url().split('/').pop()!;
      await expect(
        dana.getByText(/Waiting for the automatic checks/),
      ).toBeVisible();
      await shot(dana, 'the-checks-run-on-the-first-replica');

      // Those that run have their answers and cannot keep them; the rest waits.
      const runs = await database.count(
        'SELECT count(*) AS n FROM gate_requests WHERE approval_id = $1 AND run_id IS NOT NULL',
        [made],
      );
      expect(runs).toBeGreaterThanOrEqual(3);
      const running = Math.min(runs, GATES_AT_ONCE);
      await expect.poll(() => answers.waiting()).toBe(running);
      await first.kill();
      const killed = performance.now();
      await answers.open();

      await dana.goto(`${second.url}/model-governance/approvals/${made}`);
      await dana
        .getByRole('list', { name: 'People' })
        .getByText('Dana Developer', { exact: true })
        .click();
      await expect
        .poll(async () => (await approvalOf(danaTwo, made)).state, {
          timeout: 60_000,
        })
        .toBe('in-review');
      note('kill during the checks to review', performance.now() - killed);
      // A signal that was sent before the page was connected is lost; the page
      // catches up within half a minute.
      await expect(dana.getByText(/Waiting for team lead/)).toBeVisible({
        timeout: 45_000,
      });
      await shot(dana, 'the-second-replica-finished-the-checks');

      const kept = await database.rows<{ attempts: number; found: string }>(
        `SELECT r.attempts, (SELECT count(*) FROM gate_evidence e WHERE e.run_id = r.id) AS found
         FROM gate_runs r JOIN gate_requests q ON q.run_id = r.id WHERE q.approval_id = $1
         ORDER BY r.attempts DESC`,
        [made],
      );
      expect(kept).toEqual([
        ...Array(running).fill({ attempts: 2, found: '1' }),
        ...Array(runs - running).fill({ attempts: 1, found: '1' }),
      ]);
      expect(await eventsOf(adaTwo, made)).toEqual([
        'approval.created',
        'approval.submitted',
        'approval.gates-passed',
      ]);
      await expectSettled();
      expect(await noticesOf(await Api.as(second, 'olga'), made)).toHaveLength(
        1,
      );
      await first.restart();
      return made;
    });

    const decided =
      await test.step('killed between command and delivery', async () => {
        const olga = await as(first, 'Olga Orlova');
        await olga.goto(`${first.url}/model-governance/approvals/${id}`);
        await olga.getByRole('button', { name: 'Approve as lead' }).click();
        expect(await statusOf(client, MODEL)).toBe(403);
        await expectSettled();

        const delivery = await database.close('outbox', { when: 'true' });
        const answered = olga.waitForResponse(
          response =>
            response.url().endsWith(`/approvals/${id}/commands`) &&
            response.request().method() === 'POST',
        );
        await olga
          .getByRole('dialog')
          .getByRole('button', { name: /^Approve/ })
          .click();
        const response = await answered;
        expect(response.status()).toBe(200);
        const command = {
          idempotencyKey: response.request().headers()['idempotency-key'],
          body: response.request().postDataJSON() as object,
          answer: (await response.json()) as ApprovalDetail,
        };
        expect(command.answer.state).toBe('approved');
        await expect(olga.getByText(/May be used/)).toBeVisible();
        await shot(olga, 'approved-and-nothing-delivered');

        expect(await database.undelivered()).toBeGreaterThan(2);
        expect(await noticesOf(danaTwo, id)).toEqual([]);
        await first.kill();
        const killed = performance.now();
        await delivery.open();
        await timeUntil(() => streamed(client, MODEL), 30_000);
        note('kill to streamed 200', performance.now() - killed);
        const answer = await streamed(client, MODEL);
        expect(answer.pieces).toBeGreaterThan(3);
        expect(answer.text).toContain('refund');

        await expectSettled();
        note('kill to everything delivered', performance.now() - killed);
        const after = await approvalOf(danaTwo, id);
        expect(after.state).toBe('approved');
        expect(after.signOffs.map(({ by }) => by)).toEqual([
          'user:default/olga',
        ]);
        expect(await noticesOf(danaTwo, id)).toEqual([
          'Qwen3 8B is approved (internal)',
        ]);
        await expectVerifies(adaTwo);
        return command;
      });

    const expectOneApproval = async (of: string) => {
      const events = await eventsOf(adaTwo, of);
      expect(events.filter(type => type === 'approval.signed')).toHaveLength(1);
      expect(events.filter(type => type === 'approval.approved')).toHaveLength(
        1,
      );
    };

    await test.step('the same command again, at the other replica', async () => {
      await expectOneApproval(id);
      const olga = await Api.as(second, 'olga');
      const again = await olga.call<ApprovalDetail>(
        'POST',
        `model-governance/approvals/${id}/commands`,
        { body: decided.body, idempotencyKey: decided.idempotencyKey },
      );
      const { state, revision, approvedAt, signOffs } = decided.answer;
      expect(again).toMatchObject({ id, state, revision, approvedAt });
      expect(again.signOffs).toEqual(signOffs);
      await expectOneApproval(id);
      expect(await noticesOf(danaTwo, id)).toHaveLength(1);
    });

    await test.step('two leads sign at once, at two replicas', async () => {
      await first.restart();
      const lee = await Api.as(first, 'lee');
      const kai = await Api.as(second, 'kai');
      await lee.call('POST', 'model-governance/delegations', {
        body: {
          delegate: 'user:default/kai',
          role: 'lead',
          until: new Date(Date.now() + 3600_000).toISOString(),
        },
      });
      const danaOne = await Api.as(first, 'dana');
      const request = await danaOne.call<Approval>(
        'POST',
        'model-governance/approvals',
        { body: { ...REQUEST, purpose: 'support-answers' } },
      );
      await expect
        .poll(async () => (await approvalOf(danaTwo, request.id)).state)
        .toBe('in-review');
      const { revision } = await approvalOf(danaTwo, request.id);

      const writers = await database.close('approvals', { when: 'true' });
      const command = { command: 'approve', role: 'lead', revision };
      const path = `model-governance/approvals/${request.id}/commands`;
      const both = Promise.all([
        lee.send<ApprovalDetail>('POST', path, { body: command }),
        kai.send<ApprovalDetail>('POST', path, {
          body: { ...command, onBehalfOf: 'user:default/lee' },
        }),
      ]);
      // One is about to write, the other one waits for the row.
      await expect
        .poll(() => database.waitingReplicas())
        .toEqual(['model-hub-1', 'model-hub-2']);
      await writers.open();
      const answers = await both;
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      await expectOneApproval(request.id);
      const after = await approvalOf(danaTwo, request.id);
      expect(after.state).toBe('approved');
      expect(after.signOffs).toHaveLength(1);
    });

    await test.step('one lead, one key, two replicas', async () => {
      const request = await danaTwo.call<Approval>(
        'POST',
        'model-governance/approvals',
        {
          body: {
            ...REQUEST,
            modelVersion: 'q8-0',
            purpose: 'document-summarisation',
          },
        },
      );
      await expect
        .poll(async () => (await approvalOf(danaTwo, request.id)).state)
        .toBe('in-review');
      const { revision } = await approvalOf(danaTwo, request.id);
      const sent = {
        body: { command: 'approve', role: 'lead', revision },
        idempotencyKey: randomUUID(),
      };
      const path = `model-governance/approvals/${request.id}/commands`;
      const lees = await Promise.all(
        portal.replicas.map(replica => Api.as(replica, 'lee')),
      );
      const writers = await database.close('approvals', { when: 'true' });
      const both = Promise.all(
        lees.map(lee => lee.send<ApprovalDetail>('POST', path, sent)),
      );
      await expect.poll(() => writers.waiting()).toBe(1);
      await writers.open();
      for (const { status } of await both) expect([200, 409]).toContain(status);
      for (const lee of lees) {
        const replay = await lee.call<ApprovalDetail>('POST', path, sent);
        expect(replay.state).toBe('approved');
      }
      await expectOneApproval(request.id);
    });

    await test.step('suspended at the second replica', async () => {
      await streamed(client, MODEL);
      const ines = await as(second, 'Ines Iversen');
      await ines.goto(`${second.url}/model-governance/approvals/${id}`);
      await ines.getByRole('button', { name: 'Suspend…' }).click();
      await ines
        .getByRole('dialog')
        .getByLabel(/reason/i)
        .fill('An advisory about this build is being looked into.');
      await ines
        .getByRole('dialog')
        .getByRole('button', { name: 'Suspend' })
        .click();
      const closed = await timeUntil(async () => {
        expect(await statusOf(client, `${MODEL}@q4-k-m`)).toBe(403);
      }, 60_000);
      note('suspension to 403', closed);
      await expect(ines.getByText(/On hold for 1 reason/)).toBeVisible();
      await shot(ines, 'suspended-at-the-second-replica');
      await expectSettled();
      for (const replica of portal.replicas) {
        await expectVerifies(await Api.as(replica, 'ada'));
      }
    });
  });
});
