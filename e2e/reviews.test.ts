import { expect, type Locator } from '@playwright/test';
import { test } from './shared';
import { Api } from './support/api';
import { expectAccessible } from './support/axe';
import { ask, gatewayClient, timeUntil } from './support/calls';
import { issueKey, MODEL, startPilot } from './support/pilot';
import { createShots } from './support/shots';

const PROFILE = { id: 'pilot-reviews', title: 'Pilot of reviews' };
const PAGE = `/catalog/openai/model/gpt-6-luna/reviews`;

/** Markdown of somebody who means harm. */
const HOSTILE = [
  'Short **answers** are good.',
  '<img src="/favicon.ico" onerror="window.harmed = true">',
  '<script>window.harmed = true</script>',
  '[Look](javascript:window.harmed=true) ![seen](https://tracker.example/p.png)',
].join('\n\n');

/** By keyboard, as the browser's own radio buttons want it. */
async function giveStars(dialog: Locator, aspect: string, stars: number) {
  const group = dialog.getByRole('group', { name: aspect });
  const from = group.getByRole('radio').first();
  await from.focus();
  await from.press('Space');
  for (let star = 1; star < stars; star++) {
    await group.getByRole('radio', { checked: true }).press('ArrowRight');
  }
}

test('people review a model, ask and answer, and a moderator decides what stays', async ({
  portal,
  people,
}, testInfo) => {
  const shot = createShots('reviews', testInfo);
  await test.step('a team calls the model', async () => {
    await startPilot(portal, PROFILE);
    const secret = await issueKey(portal, PROFILE.id, 'Reviewing bot');
    const client = gatewayClient(portal, secret);
    await timeUntil(() => ask(client, MODEL.gatewayId), 60_000);
    const dana = await Api.as(portal, 'dana');
    await expect
      .poll(async () =>
        JSON.stringify(await dana.call('GET', 'model-usage/own-called-models')),
      )
      .toContain(MODEL.gatewayId);
  });
  const { page: dana } = await people.as('Dana Developer');
  const { page: priya } = await people.as('Priya Patel');
  const { page: chen } = await people.as('Chen Wei');
  const { page: sam } = await people.as('Sam Steward');
  const review = (page: typeof dana) =>
    page.getByRole('article', { name: /^the review of / });
  const notified = async (page: typeof dana, title: string) => {
    await page.goto(`${portal.url}/notifications`);
    await page.getByText(title).first().click();
  };

  await test.step('a reviewer gives stars by keyboard, and means harm', async () => {
    const tracked: string[] = [];
    dana.on('request', request => {
      if (request.url().includes('tracker.example'))
        tracked.push(request.url());
    });
    await dana.goto(`${portal.url}${PAGE}`);
    await expect(dana.getByText('Nobody gave stars yet.')).toBeVisible();
    await dana.getByRole('button', { name: 'Write a review…' }).click();
    const dialog = dana.getByRole('dialog', { name: 'Write a review' });
    await expect(
      dialog.getByRole('button', { name: 'Publish' }),
    ).toBeDisabled();
    await giveStars(dialog, 'Quality', 5);
    await giveStars(dialog, 'Speed', 4);
    await dialog
      .getByRole('textbox', { name: 'Use case' })
      .fill('Support answers');
    await dialog.getByRole('textbox', { name: 'What worked' }).fill(HOSTILE);
    await expectAccessible(dana, 'writing a review');
    await shot(dana, 'writing');
    await dialog.getByRole('button', { name: 'Publish' }).click();

    const mine = review(dana);
    await expect(mine.getByText('answers', { exact: true })).toHaveCSS(
      'font-weight',
      '700',
    );
    await expect(
      mine.getByRole('img', { name: 'Quality: 5 of 5 stars' }),
    ).toBeVisible();
    await expect(mine).toContainText('<script>window.harmed = true</script>');
    // The picture's words alone: nothing is fetched for it.
    await expect(mine.getByAltText('seen')).toHaveAttribute('src', 'data:,');
    expect(tracked).toEqual([]);
    await expect(mine.locator('a[href^="javascript"]')).toHaveCount(0);
    expect(await dana.evaluate(() => 'harmed' in window)).toBe(false);
    await shot(dana, 'reviewed');
  });

  await test.step('who called the model is verified, as the usage says', async () => {
    await expect(review(dana).getByText('Verified user')).toBeVisible();
  });

  await test.step('the list of models has the stars', async () => {
    const row = chen
      .getByRole('region', { name: 'Models' })
      .getByRole('article')
      .filter({ hasText: MODEL.title });
    // The list takes ratings in a moment after they change, and looks again.
    await chen.goto(`${portal.url}/models?minRating=4`);
    await expect(row).toContainText('4.5 by 1 person', { timeout: 60_000 });
    await shot(chen, 'list');
  });

  await test.step('the owner is told, and replies', async () => {
    await notified(priya, `New review of ${MODEL.title}`);
    await priya.getByRole('button', { name: 'Reply', exact: true }).click();
    const dialog = priya.getByRole('dialog');
    await dialog
      .getByRole('textbox', { name: 'Reply' })
      .fill('Version 7 is even shorter.');
    await dialog.getByRole('button', { name: 'Reply', exact: true }).click();
    await expect(
      priya.getByRole('region', { name: 'Reply of the owner' }),
    ).toContainText('Version 7 is even shorter.');
  });

  await test.step('somebody else finds it helpful, and asks', async () => {
    await chen.goto(`${portal.url}${PAGE}`);
    await expect(review(chen)).toContainText('Version 7 is even shorter.');
    await chen.getByRole('button', { name: /^Helpful: the review/ }).click();
    await expect(
      chen.getByRole('button', { name: /^Helpful: .* \(1\)$/ }),
    ).toHaveAttribute('aria-pressed', 'true');
    await expectAccessible(chen, 'the reviews of a model');
    await shot(chen, 'helpful');
    await chen.getByRole('tab', { name: 'Questions' }).click();
    await chen.getByRole('button', { name: 'Ask a question…' }).click();
    const dialog = chen.getByRole('dialog');
    await dialog
      .getByRole('textbox', { name: 'Question' })
      .fill('Does it keep a JSON schema?');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await chen.getByRole('button', { name: /^0 answers: / }).click();
  });

  await test.step('the owner answers, and the asker sees it at once', async () => {
    await notified(priya, `New question about ${MODEL.title}`);
    await priya
      .getByRole('textbox', { name: 'Your answer' })
      .fill('Yes, in *strict* mode.');
    await priya.getByRole('button', { name: 'Answer', exact: true }).click();
    const answer = chen.getByRole('list', { name: 'Answers' });
    await expect(answer).toContainText('Yes, in strict mode.', {
      timeout: 20_000,
    });
    await expect(answer).toContainText('Owner');
    await chen.getByRole('button', { name: 'Accept: answer 1' }).click();
    await expect(chen.getByText('Answered')).toBeVisible();
    await shot(chen, 'answered');
  });

  await test.step('a moderator hides what was reported, with a reason', async () => {
    await chen
      .getByRole('tab', { name: 'Reviews', exact: true })
      .last()
      .click();
    await chen.getByRole('button', { name: /^Report: the review/ }).click();
    const report = chen.getByRole('dialog');
    await report.getByLabel('What is wrong with it').selectOption('abuse');
    await report.getByRole('button', { name: 'Report', exact: true }).click();
    await expect(chen.getByText(/^Reported\./)).toBeVisible();

    await sam.goto(`${portal.url}/model-reviews`);
    await sam.getByRole('tab', { name: 'Moderation' }).click();
    await sam.getByRole('button', { name: /^Hide: / }).click();
    const dialog = sam.getByRole('dialog');
    await dialog
      .getByRole('textbox', { name: 'Reason' })
      .fill('It carries a script.');
    await expectAccessible(sam, 'hiding a review');
    await shot(sam, 'moderating');
    await dialog.getByRole('button', { name: 'Hide' }).click();
    await expect(sam.getByText('No report is open')).toBeVisible();
    // Whoever looks at it sees it go.
    await expect(review(chen)).toHaveCount(0, { timeout: 20_000 });
  });

  await test.step('its author is told why', async () => {
    await notified(dana, `Your review about ${MODEL.title} was hidden`);
    await expect(review(dana).getByRole('alert')).toContainText(
      'It carries a script.',
    );
    await shot(dana, 'hidden');
  });
});
