import { FakeBackends } from '@modelhub/backstage-plugin-models-react/testUtils';
import { screen } from '@testing-library/react';
import { backends, rating, review, tip } from '../__testUtils__/fixtures';
import { renderReviews } from '../__testUtils__/renderReviews';
import { NewestReviewsContent } from '../home/NewestReviews';
import { ContributionsCard } from '../people/ContributionsCard';
import { ReviewsCard } from './ReviewsCard';

describe('the card on the overview of a model', () => {
  it('shows the average, the newest review, and the way to all', async () => {
    await renderReviews(<ReviewsCard />, {
      backends: backends({ reviews: [review()] }),
    });
    expect(
      await screen.findByRole('img', { name: '3.4 of 5 stars' }),
    ).toBeVisible();
    expect(screen.getByText('“Short letters.”')).toBeVisible();
    expect(screen.getByRole('link', { name: /All reviews/ })).toHaveAttribute(
      'href',
      '/catalog/acme/model/writer/reviews?view=reviews',
    );
  });

  it('shows nobody what only its author or moderators see', async () => {
    await renderReviews(<ReviewsCard />, {
      backends: backends({
        reviews: [review({ state: 'hidden' })],
        rating: rating({ overall: undefined }),
      }),
    });
    expect(
      await screen.findByRole('link', { name: 'Be the first' }),
    ).toBeVisible();
    expect(screen.queryByText(/Short letters/)).not.toBeInTheDocument();
  });

  it('is silent where there is no such backend', async () => {
    const nothing = new FakeBackends();
    for (const path of ['ratings', 'reviews']) {
      nothing.on(
        `GET model-reviews/${path}`,
        () => new Response('<html>', { status: 404 }),
      );
    }
    await renderReviews(<ReviewsCard />, { backends: nothing });
    expect(screen.queryByText('Reviews')).not.toBeInTheDocument();
  });
});

describe('the widget for the home page', () => {
  it('shows reviews and tips of models that my teams call', async () => {
    await renderReviews(<NewestReviewsContent />, {
      backends: new FakeBackends().on('GET model-reviews/feed', {
        scope: 'mine',
        items: [
          { kind: 'review', at: '2026-11-02T00:00:00Z', review: review() },
          { kind: 'tip', at: '2026-11-01T00:00:00Z', tip: tip() },
        ],
      }),
    });
    expect(
      await screen.findByText('Of models that your teams call.'),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Short letters.' }),
    ).toHaveAttribute(
      'href',
      '/catalog/acme/model/writer/reviews?view=reviews',
    );
    expect(screen.getByRole('link', { name: 'Plain JSON' })).toHaveAttribute(
      'href',
      '/catalog/acme/model/writer/reviews?view=tips',
    );
  });
});

describe('the card on the page of a person', () => {
  it('counts what they contributed', async () => {
    const fake = new FakeBackends().on(
      'GET model-reviews/people/contributions',
      {
        author: 'user:default/ann',
        reviews: 3,
        tips: 1,
        questions: 0,
        answers: 4,
        accepted: 2,
        helpful: 9,
      },
    );
    await renderReviews(<ContributionsCard />, {
      backends: fake,
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { namespace: 'default', name: 'ann' },
        spec: {},
      },
    });
    expect(await screen.findByText('4, 2 of them accepted')).toBeVisible();
    expect(screen.getByRole('link', { name: '3' })).toHaveAttribute(
      'href',
      '/model-reviews/newest?author=user%3Adefault%2Fann',
    );
    expect(fake.received[0].path).toContain('author=user%3Adefault%2Fann');
  });
});
