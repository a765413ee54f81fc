import { failure } from '@modelhub/backstage-plugin-models-react/testUtils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  backends,
  contribution,
  rating,
  review,
  standing,
} from '../__testUtils__/fixtures';
import { fill } from '../__testUtils__/fill';
import { renderReviews } from '../__testUtils__/renderReviews';
import { EntityModelReviews } from './EntityModelReviews';

beforeEach(() => window.localStorage.clear());

const drafts = () =>
  Object.keys(window.localStorage).filter(key =>
    key.startsWith('model-reviews.draft'),
  );
const reviewsList = () => screen.findByRole('list', { name: 'Reviews' });
const star = (dialog: HTMLElement, aspect: string, name: string) =>
  within(within(dialog).getByRole('group', { name: aspect })).getByRole(
    'radio',
    { name },
  );

describe('the reviews of a model', () => {
  it('shows the average, its distribution and how it is made', async () => {
    await renderReviews(<EntityModelReviews />, {
      backends: backends({ reviews: [review()] }),
    });
    expect(
      await screen.findByRole('img', { name: '3.4 of 5 stars' }),
    ).toBeVisible();
    expect(screen.getByText(/7 people, 3 of them verified/)).toBeVisible();
    const table = screen.getByRole('table', { name: 'Stars by aspect' });
    expect(
      within(table)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual([
      'AspectAverage5 stars4 stars3 stars2 stars1 starPeople',
      'Overall3.4123107',
      'Quality4.1123107',
    ]);
    expect(
      screen.getByText(/3.8 stars, the mean over all models/),
    ).toBeVisible();
    const one = within(await reviewsList());
    expect(one.getByText('letters').tagName).toBe('STRONG');
    expect(one.getByText('Verified user')).toBeVisible();
    expect(
      one.getByRole('img', { name: 'Quality: 4 of 5 stars' }),
    ).toBeVisible();
  });

  it('asks by version, use case and verified people, and keeps that in the address', async () => {
    const fake = backends({ reviews: [review()] });
    await renderReviews(<EntityModelReviews />, { backends: fake });
    await userEvent.selectOptions(
      await screen.findByLabelText('Version'),
      '1.0',
    );
    await userEvent.selectOptions(screen.getByLabelText('Use case'), [
      'Summaries',
    ]);
    await userEvent.selectOptions(screen.getByLabelText('Order'), 'helpful');
    await userEvent.click(screen.getByLabelText('Only of verified users'));
    await waitFor(() =>
      expect(
        Object.fromEntries(
          new URLSearchParams(
            fake.sent('GET model-reviews/reviews').at(-1)?.path.split('?')[1],
          ),
        ),
      ).toMatchObject({
        entityRef: 'model:acme/writer',
        modelVersion: '1.0',
        useCase: 'Summaries',
        verified: 'true',
        sort: 'helpful',
      }),
    );
    expect(fake.sent('GET model-reviews/ratings').at(-1)?.path).toContain(
      'verified=true',
    );
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '?version=1.0&useCase=Summaries&sort=helpful&verified=true',
    );
  });

  it('publishes a review once, and loads what there is then', async () => {
    const fake = backends({ rating: rating({ overall: undefined }) }).on(
      'POST model-reviews/reviews',
      review({ mine: true }),
    );
    await renderReviews(<EntityModelReviews />, { backends: fake });
    expect(await screen.findByText('There is no review yet')).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Write a review…' }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Write a review' });
    const publish = within(dialog).getByRole('button', { name: 'Publish' });
    expect(publish).toBeDisabled();
    await userEvent.selectOptions(
      within(dialog).getByLabelText(/^Version/),
      '1.0',
    );
    await userEvent.click(star(dialog, 'Quality', '5 stars: Excellent'));
    await fill(within(dialog).getByLabelText('What worked'), 'Very **good**');
    await userEvent.click(
      within(dialog).getByRole('button', {
        name: 'Show preview of What worked',
      }),
    );
    expect(
      within(
        within(dialog).getByRole('region', { name: 'Preview of What worked' }),
      ).getByText('good').tagName,
    ).toBe('STRONG');
    const before = fake.sent('GET model-reviews/reviews').length;
    await userEvent.dblClick(publish);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    const sent = fake.sent('POST model-reviews/reviews');
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      idempotencyKey: expect.any(String),
      body: {
        entityRef: 'model:acme/writer',
        modelVersion: '1.0',
        stars: { quality: 5 },
        whatWorked: 'Very **good**',
      },
    });
    expect(fake.sent('GET model-reviews/reviews').length).toBeGreaterThan(
      before,
    );
    expect(drafts()).toEqual([]);
  });

  it('keeps what was begun, also when the backend refuses it', async () => {
    const fake = backends({}).on('POST model-reviews/reviews', () =>
      failure(409, 'ConflictError', 'You reviewed this version already'),
    );
    await renderReviews(<EntityModelReviews />, { backends: fake });
    const open = async () => {
      await userEvent.click(
        await screen.findByRole('button', { name: 'Write a review…' }),
      );
      return screen.getByRole('dialog');
    };
    let dialog = await open();
    await userEvent.click(star(dialog, 'Speed', '2 stars: Fair'));
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Publish' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'You reviewed this version already',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(drafts()).toEqual([
      'model-reviews.draft:user:default/guest:review:model:acme/writer',
    ]);
    dialog = await open();
    expect(star(dialog, 'Speed', '2 stars: Fair')).toBeChecked();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Begin anew' }),
    );
    expect(star(dialog, 'Speed', 'Not rated')).toBeChecked();
    expect(drafts()).toEqual([]);
  });

  it('says why the reader may not review, and offers nothing', async () => {
    await renderReviews(<EntityModelReviews />, {
      backends: backends({
        reviews: [review()],
        standing: standing({
          mayReview: false,
          whyNot: 'Your team owns this model.',
        }),
      }),
    });
    expect(await screen.findByText('Your team owns this model.')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Write a review…' }),
    ).not.toBeInTheDocument();
  });

  it('counts a vote at once, and takes it back when the backend refuses', async () => {
    let refuse: (response: Response) => void = () => {};
    const fake = backends({ reviews: [review()] }).on(
      'PUT model-reviews/contributions/r1/helpful',
      () => new Promise<Response>(resolve => (refuse = resolve)),
    );
    await renderReviews(<EntityModelReviews />, { backends: fake });
    const vote = within(await reviewsList()).getByRole('button', {
      name: /^Helpful: the review/,
    });
    await userEvent.click(vote);
    expect(vote).toHaveTextContent('Helpful (3)');
    expect(vote).toHaveAttribute('aria-pressed', 'true');
    await act(async () =>
      refuse(failure(403, 'NotAllowedError', 'You may not vote')),
    );
    expect(await screen.findByText('You may not vote')).toBeVisible();
    expect(vote).toHaveTextContent('Helpful (2)');
    expect(vote).toHaveAttribute('aria-pressed', 'false');
  });

  it('reports with a reason', async () => {
    const fake = backends({ reviews: [review()] }).on(
      'POST model-reviews/contributions/r1/reports',
      () => new Response(undefined, { status: 204 }),
    );
    await renderReviews(<EntityModelReviews />, { backends: fake });
    await userEvent.click(
      within(await reviewsList()).getByRole('button', { name: /^Report: / }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Report this review' });
    expect(
      within(dialog).getByRole('button', { name: 'Report' }),
    ).toBeDisabled();
    await userEvent.selectOptions(
      within(dialog).getByLabelText(/What is wrong/),
      'confidential',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Report' }),
    );
    expect(
      await screen.findByText('Reported. Moderators look at it.'),
    ).toBeVisible();
    expect(
      fake.sent('POST model-reviews/contributions/r1/reports')[0].body,
    ).toEqual({ reason: 'confidential' });
  });

  it('lets the owner reply', async () => {
    const fake = backends({
      reviews: [review()],
      standing: standing({ isOwner: true, mayReview: false }),
    }).on('PUT model-reviews/reviews/r1/reply', review());
    await renderReviews(<EntityModelReviews />, { backends: fake });
    await userEvent.click(await screen.findByRole('button', { name: 'Reply' }));
    const dialog = screen.getByRole('dialog');
    await fill(within(dialog).getByLabelText(/^Reply/), 'Try version 2.0');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Reply' }),
    );
    await waitFor(() =>
      expect(fake.sent('PUT model-reviews/reviews/r1/reply')[0]?.body).toEqual({
        text: 'Try version 2.0',
      }),
    );
  });

  it('shows the reply, and to its readers no way to change it', async () => {
    await renderReviews(<EntityModelReviews />, {
      backends: backends({
        reviews: [
          review({
            reply: {
              ...contribution({ id: 'y1', author: 'user:default/olga' }),
              text: 'Thank you',
              group: 'group:default/search',
            },
          }),
        ],
      }),
    });
    const reply = await screen.findByRole('region', {
      name: 'Reply of the owner',
    });
    expect(within(reply).getByText('Thank you')).toBeVisible();
    expect(
      within(reply).queryByRole('button', { name: /Edit|Change/ }),
    ).not.toBeInTheDocument();
  });

  it('says to the author why something is hidden, and offers an undo of what was withdrawn', async () => {
    const fake = backends({
      reviews: [
        review({
          mine: true,
          state: 'hidden',
          hidden: { at: '2026-11-03T00:00:00Z', reason: 'Names a customer' },
        }),
        review({
          id: 'r2',
          mine: true,
          state: 'withdrawn',
          undoUntil: '2026-11-30T00:00:00Z',
        }),
      ],
    }).on(
      'POST model-reviews/contributions/r2/undo-withdrawal',
      () => new Response(undefined, { status: 204 }),
    );
    await renderReviews(<EntityModelReviews />, { backends: fake });
    expect(
      await screen.findByText(/Names a customer Only you and moderators/),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /^(Report|Helpful|Hide)/ }),
    ).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(
        fake.sent('POST model-reviews/contributions/r2/undo-withdrawal'),
      ).toHaveLength(1),
    );
  });

  it('shows what a review said before', async () => {
    const fake = backends({ reviews: [review({ revision: 2 })] }).on(
      'GET model-reviews/contributions/r1/history',
      {
        items: [
          {
            revision: 2,
            at: '2026-11-02T00:00:00Z',
            content: { stars: { quality: 4 }, whatWorked: 'Letters' },
          },
          {
            revision: 1,
            at: '2026-11-01T00:00:00Z',
            content: { stars: { quality: 1 }, whatWorked: 'Nothing' },
          },
        ],
      },
    );
    await renderReviews(<EntityModelReviews />, { backends: fake });
    await userEvent.click(
      within(await reviewsList()).getByRole('button', { name: /^History/ }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('Nothing')).toBeVisible();
    expect(within(dialog).getByText('Quality: 1 star')).toBeVisible();
  });

  it('loads again when a signal says so', async () => {
    const fake = backends({ reviews: [] });
    const { signals } = await renderReviews(<EntityModelReviews />, {
      backends: fake,
    });
    expect(await screen.findByText('There is no review yet')).toBeVisible();
    fake.on('GET model-reviews/reviews', { items: [review()] });
    act(() => signals.send('model-reviews', {}));
    expect(await reviewsList()).toBeVisible();
  });

  it.each([
    [403, 'NotAllowedError', 'You may not see this'],
    [500, 'Error', 'The reviews could not be loaded'],
  ])('says what %d means', async (status, name, words) => {
    await renderReviews(<EntityModelReviews />, {
      backends: backends({}).on('GET model-reviews/reviews', () =>
        failure(status, name, 'No luck'),
      ),
    });
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getByText('No luck')).toBeVisible();
  });
});
