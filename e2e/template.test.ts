import { expect, type Page } from '@playwright/test';
import type { Approval } from '@modelhub/backstage-plugin-models-common';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { test } from './shared';
import { Api } from './support/api';
import { createShots } from './support/shots';

const MODEL = 'deepseek-ai/deepseek-r1-distill-qwen-7b';
const SCOPE = { purpose: 'support-answers', profile: 'customer-care' };
const NAME = 'reply-drafter';

interface EntityWithRelations {
  relations?: Array<{ type: string; targetRef: string }>;
}

/** Runs the template from its card to the end of the form. */
async function create(page: Page, portalUrl: string): Promise<void> {
  const field = (name: string) => page.getByRole('textbox', { name });
  await page.goto(`${portalUrl}/create`);
  await page.getByRole('button', { name: 'Choose' }).click();
  await field('Model').fill('r1-distill');
  await page.getByRole('option', { name: /r1-distill-qwen/i }).click();
  await expect(page.getByRole('button', { name: 'Tier' })).toHaveText(
    'internal',
  );
  await field('Access profile').fill(SCOPE.profile);
  await page.getByRole('button', { name: 'Next' }).click();
  await field('Name').fill(NAME);
  await field('Owner').fill('customer');
  await page.getByRole('option', { name: /customer.care/i }).click();
  await field('What it does').fill('Drafts replies to tickets.');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/create\/tasks\//);
}

test.describe('the template of a real-time service', () => {
  test('makes a repository only with a model that is approved', async ({
    portal,
    people,
  }, testInfo) => {
    const shot = createShots('template', testInfo);
    const { page } = await people.as('Dana Developer');
    const [dana, priya] = await Promise.all([
      Api.as(portal, 'dana'),
      Api.as(portal, 'priya'),
    ]);
    const repositories = path.join(portal.data, 'repositories');
    const repository = path.join(repositories, NAME);

    await test.step('refuses one that is not, and says where to ask', async () => {
      await create(page, portal.url);
      const refusal = page.getByRole('alert');
      await expect(refusal).toContainText(
        `model:${MODEL} may not be used at tier internal`,
      );
      await expect(refusal).toContainText(
        'run the template again once it is approved',
      );
      await shot(page, 'refused');
      expect(fs.readdirSync(repositories)).toEqual(['all.yaml']);

      const link = refusal.getByRole('link', { name: /request\?/ });
      await page.goto((await link.getAttribute('href'))!);
      await expect(page.getByRole('radio', { name: 'Internal' })).toBeChecked();
      await expect(
        page.getByRole('link', { name: 'deepseek-r1-distill-qwen-7b' }),
      ).toBeVisible();
    });

    await test.step('makes a repository once it is', async () => {
      const { id } = await dana.call<Approval>(
        'POST',
        'model-governance/approvals',
        {
          body: {
            entityRef: `model:${MODEL}`,
            modelVersion: 'q4-k-m',
            tier: 'internal',
            ...SCOPE,
            justification: 'Drafts of replies that people of the desk read.',
            submit: true,
          },
        },
      );
      const approval = () =>
        dana.call<Approval>('GET', `model-governance/approvals/${id}`);
      await expect
        .poll(async () => (await approval()).state, { timeout: 30_000 })
        .toBe('in-review');
      await priya.call('POST', `model-governance/approvals/${id}/commands`, {
        body: {
          command: 'approve',
          role: 'lead',
          revision: (await approval()).revision,
        },
      });

      await create(page, portal.url);
      await expect(page.getByText('Your repository').first()).toBeVisible();
      await shot(page, 'created');

      const git = (...args: string[]) =>
        spawnSync('git', args, { cwd: repository, encoding: 'utf8' }).stdout;
      expect(git('log', '--format=%s')).toBe('Start from the template\n');
      expect(git('status', '--porcelain')).toBe('');
      expect(git('ls-files').trim().split('\n')).toEqual([
        'README.md',
        'catalog-info.yaml',
        'deploy/inferenceservice.yaml',
      ]);
      const component = parse(
        fs.readFileSync(path.join(repository, 'catalog-info.yaml'), 'utf8'),
      );
      expect(component).toMatchObject({
        kind: 'Component',
        metadata: {
          name: NAME,
          annotations: {
            'modelhub.dev/approval': id,
            'modelhub.dev/model-version': 'q4-k-m',
          },
        },
        spec: {
          owner: 'group:default/customer-care',
          consumesModels: [`model:${MODEL}`],
        },
      });
    });

    await test.step('and the catalog tells of it on both pages', async () => {
      await expect
        .poll(
          async () => {
            const { body } = await dana.send<EntityWithRelations>(
              'GET',
              `catalog/entities/by-name/component/default/${NAME}`,
            );
            return body.relations;
          },
          { timeout: 90_000 },
        )
        .toContainEqual({ type: 'consumesModel', targetRef: `model:${MODEL}` });
      const used = page.getByRole('link', { name: NAME });
      await expect(async () => {
        await page.goto(
          `${portal.url}/catalog/${MODEL.replace('/', '/model/')}`,
        );
        await expect(used).toBeVisible();
      }).toPass({ timeout: 60_000 });
      await used.scrollIntoViewIfNeeded();
      await shot(page, 'model-says-who-uses-it');
      await used.click();
      await page.waitForURL(`**/catalog/default/component/${NAME}`);
      await expect(page.getByText('Drafts replies to tickets.')).toBeVisible();
      await shot(page, 'component');
    });
  });
});
