import { failure } from '@modelhub/backstage-plugin-models-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  backends,
  contribution,
  moderationCase,
  question,
  review,
} from '../__testUtils__/fixtures';
import { fill } from '../__testUtils__/fill';
import { renderReviews } from '../__testUtils__/renderReviews';
import { ModelReviewsPage } from '../legacy/ModelReviewsPage';

const moderation = '/model-reviews/moderation';

describe('the page, in the older frontend system', () => {
  it('opens reviews of all models, and moderation beside them for moderators', async () => {
    const fake = backends({
      reviews: [review()],
      caller: { mayContribute: true, mayModerate: true },
    }).on('GET model-reviews/moderation', { items: [] });
    await renderReviews(<ModelReviewsPage />, {
      backends: fake,
      at: '/model-reviews',
    });
    const list = await screen.findByRole('list', { name: 'Reviews' });
    expect(within(list).getByRole('link', { name: /writer/ })).toHaveAttribute(
      'href',
      '/catalog/acme/model/writer',
    );
    await userEvent.click(
      await screen.findByRole('tab', { name: 'Moderation' }),
    );
    expect(await screen.findByText('No report is open')).toBeVisible();
  });

  it('does not offer moderation to others, who may answer questions', async () => {
    await renderReviews(<ModelReviewsPage />, {
      backends: backends({ questions: [question({ answers: 0 })] }),
      at: '/model-reviews/questions',
    });
    expect(
      await screen.findByRole('button', { name: /^0 answers: / }),
    ).toHaveTextContent('Answer');
    expect(
      screen.getAllByRole('tab').map(({ textContent }) => textContent),
    ).toEqual(['Reviews', 'Tips', 'Questions']);
  });

  it('hides with a reason', async () => {
    const fake = backends({})
      .on('GET model-reviews/moderation', { items: [moderationCase()] })
      .on(
        'POST model-reviews/contributions/r1/moderation',
        moderationCase({ reports: [] }),
      );
    await renderReviews(<ModelReviewsPage />, {
      backends: fake,
      at: moderation,
    });
    const found = await screen.findByRole('article', { name: /^review of/ });
    expect(within(found).getByText('Buy my course!')).toBeVisible();
    expect(within(found).getByText(/It is advertising/)).toHaveTextContent(
      '“Again.”',
    );
    await userEvent.click(
      within(found).getByRole('button', { name: /^Hide: / }),
    );
    const dialog = within(
      screen.getByRole('dialog', { name: 'Hide this review' }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Hide' }));
    expect(
      fake.sent('POST model-reviews/contributions/r1/moderation'),
    ).toHaveLength(0);
    await fill(dialog.getByLabelText(/^Reason/), 'Advertising');
    await userEvent.click(dialog.getByRole('button', { name: 'Hide' }));
    await waitFor(() =>
      expect(
        fake.sent('POST model-reviews/contributions/r1/moderation')[0]?.body,
      ).toEqual({ action: 'hide', reason: 'Advertising' }),
    );
  });

  it('leaves decisions about one’s own to others', async () => {
    await renderReviews(<ModelReviewsPage />, {
      backends: backends({}).on('GET model-reviews/moderation', {
        items: [
          moderationCase({
            contribution: contribution({ mine: true, mayModerate: true }),
          }),
        ],
      }),
      at: moderation,
    });
    expect(
      await screen.findByText('It is yours: another moderator decides.'),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /^(Hide|Leave)/ }),
    ).not.toBeInTheDocument();
  });

  it('shows moderators alone what was reported', async () => {
    await renderReviews(<ModelReviewsPage />, {
      backends: backends({}).on('GET model-reviews/moderation', () =>
        failure(403, 'NotAllowedError', 'You are no moderator'),
      ),
      at: moderation,
    });
    expect(await screen.findByText('You may not see this')).toBeVisible();
    expect(screen.getByText('You are no moderator')).toBeVisible();
  });
});
