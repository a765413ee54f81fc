import { expect, type Page } from '@playwright/test';
import { test } from './shared';
import { Api } from './support/api';
import { expectAccessible } from './support/axe';
import { createShots } from './support/shots';

const WRITER = { ref: 'model:acme/tiny-writer', title: 'Tiny reply writer' };
const SORTER = { ref: 'model:acme/tiny-sorter', title: 'Tiny ticket sorter' };

const TICKETS = [
  ['My parcel has not arrived.', 'delivery'],
  ['I want my money back.', 'refund'],
  ['I cannot log in.', 'account'],
  ['The invoice is wrong.', 'billing'],
].map(([prompt, expected]) => JSON.stringify({ prompt, expected }));

const page = (ref: string) => `/catalog/acme/model/${ref.split('/')[1]}`;

/** From the card of a model to an endpoint that is ready. */
async function evaluate(dana: Page, url: string, model: typeof WRITER) {
  await dana.goto(`${url}${page(model.ref)}`);
  await dana.getByRole('button', { name: 'Evaluate this model' }).click();
  const dialog = dana.getByRole('dialog', { name: `Evaluate ${model.title}` });
  await expect(dialog.getByText('Run by themselves first')).toBeVisible();
  await dialog.getByRole('button', { name: 'Check and start' }).click();
  await expect(dana.getByTestId('secret')).toBeVisible({ timeout: 120_000 });
}

async function chooseFile(dana: Page, lines: string[]) {
  await dana.getByLabel(/^Choose a(nother)? file…/).setInputFiles({
    name: 'tickets.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(lines.join('\n')),
  });
}

test('a developer evaluates two models side by side, with own inputs, and attaches the outcome to a request', async ({
  portal,
  people,
}, testInfo) => {
  const shot = createShots('playground', testInfo);
  const { page: dana } = await people.as('Dana Developer');

  await test.step('one click each: checks, queue, endpoint', async () => {
    await evaluate(dana, portal.url, WRITER);
    await expectAccessible(dana, 'the page of an endpoint');
    await evaluate(dana, portal.url, SORTER);
    await expect(
      dana.getByRole('button', { name: 'Open in the playground' }),
    ).toBeVisible({ timeout: 120_000 });
    await shot(dana, 'ready');
    await dana.goto(`${portal.url}/models/evaluate`);
    const endpoints = dana.getByRole('table', { name: 'Evaluation endpoints' });
    await expect(endpoints.getByText('Ready')).toHaveCount(2, {
      timeout: 120_000,
    });
    await expect(endpoints.getByText(/hours .* left$/)).toHaveCount(2);
    await shot(dana, 'endpoints');
  });

  await test.step('both answer one prompt, streamed and measured', async () => {
    await dana
      .getByRole('button', {
        name: `Open ${WRITER.title} 1.0 in the playground`,
      })
      .click();
    await dana
      .getByLabel('Add a model')
      .selectOption(`${SORTER.title} 1.0, evaluation endpoint`);
    await dana
      .getByLabel('Prompt', { exact: true })
      .fill('Where is my parcel?');
    await dana.getByRole('button', { name: 'Send to 2 models' }).click();
    for (const { title } of [WRITER, SORTER]) {
      const answer = dana.getByRole('article', { name: `Answer of ${title}` });
      await expect(answer.getByText('Time to first token')).toBeVisible();
      await expect(answer.getByText(/\d+ in, \d+ out/)).toBeVisible();
    }
    await expect(dana.getByText('Fastest')).toHaveCount(1);
    await expectAccessible(dana, 'the playground');
    await shot(dana, 'side-by-side');
  });

  await test.step('a file with a bad line is refused, the mended one runs', async () => {
    await dana.getByRole('link', { name: 'Run a file instead' }).click();
    await chooseFile(dana, [...TICKETS, '{"prompt": ']);
    await expect(
      dana.getByRole('list', { name: 'Problems by line' }),
    ).toContainText('Line 5');
    await chooseFile(dana, TICKETS);
    await expectAccessible(dana, 'own inputs');
    await dana
      .getByRole('button', { name: 'Run 4 rows through 2 models' })
      .click();
    await expect(
      dana.getByRole('button', {
        name: `Save ${WRITER.title} 1.0 as an evaluation run`,
      }),
    ).toBeVisible({ timeout: 120_000 });
    await expect(
      dana.getByRole('table', { name: 'Rows' }).getByRole('row'),
    ).toHaveCount(1 + TICKETS.length);
    await shot(dana, 'rows');
  });

  await test.step('the outcome is saved and attached to a request', async () => {
    const api = await Api.as(portal, 'dana');
    await api.call('POST', 'model-governance/approvals', {
      body: {
        entityRef: WRITER.ref,
        modelVersion: '1.0',
        tier: 'internal',
        purpose: 'support-answers',
        profile: 'customer-care',
        justification: 'Replies to tickets in the support desk',
      },
    });
    await dana
      .getByRole('button', {
        name: `Save ${WRITER.title} 1.0 as an evaluation run`,
      })
      .click();
    await dana.getByRole('button', { name: 'Save it' }).click();
    await expect(dana.getByText('Saved as an evaluation')).toBeVisible();
    await dana
      .getByRole('button', { name: `Attach ${WRITER.title} 1.0 to a request` })
      .click();
    const dialog = dana.getByRole('dialog');
    await dialog.getByLabel('Your request').selectOption({ index: 1 });
    await dialog.getByRole('button', { name: 'Attach it' }).click();
    await expect(dana.getByText('Attached to')).toBeVisible();
    await shot(dana, 'attached');
    await dana.getByRole('link', { name: 'a request' }).click();
    await expect(dana.getByText('tickets').first()).toBeVisible();
    await shot(dana, 'request');
  });

  await test.step('an endpoint is stopped, and is gone from the playground', async () => {
    await dana.goto(`${portal.url}/models/evaluate`);
    await dana
      .getByRole('button', { name: `Stop ${SORTER.title} 1.0` })
      .click();
    await dana.getByRole('button', { name: 'Stop it now' }).click();
    await expect(
      dana
        .getByRole('table', { name: 'Evaluation endpoints' })
        .getByText('Ready'),
    ).toHaveCount(1);
    await dana.goto(`${portal.url}/models/evaluate/playground`);
    await expect(
      dana.getByRole('list', { name: 'Chosen models' }),
    ).toContainText(WRITER.title);
    await expect(
      dana.getByRole('option', {
        name: `${SORTER.title} 1.0, evaluation endpoint`,
      }),
    ).toHaveCount(0);
  });
});
