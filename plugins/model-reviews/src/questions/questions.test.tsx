import type { ModelAnswer } from '@modelhub/backstage-plugin-models-common';
import { failure } from '@modelhub/backstage-plugin-models-react/testUtils';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  backends,
  contribution,
  question,
  standing,
} from '../__testUtils__/fixtures';
import { fill } from '../__testUtils__/fill';
import { renderReviews } from '../__testUtils__/renderReviews';
import { EntityModelReviews } from '../entity/EntityModelReviews';

const answer = (given: Partial<ModelAnswer> = {}): ModelAnswer => ({
  ...contribution({ id: 'a1', author: 'user:default/olga' }),
  questionId: 'q1',
  text: 'It does.',
  accepted: false,
  byOwner: true,
  ...given,
});

const at = '/?view=questions';

describe('the questions about a model', () => {
  it('are asked', async () => {
    const asked = { question: question({ mine: true }), answers: [] };
    const fake = backends({}).on('POST model-reviews/questions', asked);
    await renderReviews(<EntityModelReviews />, { backends: fake, at });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask a question…' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Ask' })).toBeDisabled();
    await fill(dialog.getByLabelText(/^Question/), 'Does it know Danish?');
    await userEvent.click(dialog.getByRole('button', { name: 'Ask' }));
    await waitFor(() =>
      expect(fake.sent('POST model-reviews/questions')[0]?.body).toEqual({
        entityRef: 'model:acme/writer',
        title: 'Does it know Danish?',
      }),
    );
  });

  it('are shown alone where a link leads to one, with its answers open', async () => {
    const fake = backends({
      questions: [question({ id: 'q2', title: 'Another one?' })],
    }).on('GET model-reviews/questions/q1', {
      question: question({ answers: 1 }),
      answers: [answer()],
    });
    await renderReviews(<EntityModelReviews />, {
      backends: fake,
      at: `${at}&question=q1`,
    });
    expect(await screen.findByText('It does.')).toBeVisible();
    expect(screen.queryByText('Another one?')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all questions' }),
    );
    expect(await screen.findByText('Another one?')).toBeVisible();
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/?view=questions',
    );
  });

  it('that are gone are said to be gone', async () => {
    const fake = backends({}).on('GET model-reviews/questions/q1', () =>
      failure(404, 'NotFoundError', 'There is no question q1'),
    );
    await renderReviews(<EntityModelReviews />, {
      backends: fake,
      at: `${at}&question=q1`,
    });
    expect(await screen.findByText('There is no such question')).toBeVisible();
  });

  it('are kept as they were begun', async () => {
    window.localStorage.clear();
    const fake = backends({});
    const view = () =>
      renderReviews(<EntityModelReviews />, { backends: fake, at });
    await view();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask a question…' }),
    );
    await fill(
      within(screen.getByRole('dialog')).getByLabelText(/^Question/),
      'Does it',
    );
    cleanup();
    await view();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask a question…' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByLabelText(/^Question/)).toHaveValue('Does it');
    expect(dialog.getByText(/This is what you began/)).toBeVisible();
    window.localStorage.clear();
  });

  it('are answered, and who asked accepts an answer; at once, and not when it is refused', async () => {
    const mine = question({ mine: true, mayAccept: true });
    let refuse: (response: Response) => void = () => {};
    const fake = backends({ questions: [mine] })
      .on('GET model-reviews/questions/q1', {
        question: mine,
        answers: [answer()],
      })
      .on('POST model-reviews/questions/q1/answers', {
        question: { ...mine, answers: 2 },
        answers: [answer(), answer({ id: 'a2', text: 'A little.' })],
      })
      .on(
        'PUT model-reviews/questions/q1/accepted',
        () => new Promise<Response>(resolve => (refuse = resolve)),
      );
    await renderReviews(<EntityModelReviews />, { backends: fake, at });
    await userEvent.click(
      await screen.findByRole('button', { name: /^1 answer: the question/ }),
    );
    const answers = await screen.findByRole('list', { name: 'Answers' });
    expect(within(answers).getByText('It does.')).toBeVisible();
    expect(within(answers).getByText('Owner')).toBeVisible();

    await fill(screen.getByLabelText('Your answer'), 'A little.');
    await userEvent.click(screen.getByRole('button', { name: 'Answer' }));
    expect(await within(answers).findByText('A little.')).toBeVisible();
    expect(
      fake.sent('POST model-reviews/questions/q1/answers')[0].body,
    ).toEqual({ text: 'A little.' });

    await userEvent.click(
      within(answers).getByRole('button', { name: 'Accept: answer 1' }),
    );
    expect(within(answers).getByText('Accepted')).toBeVisible();
    await act(async () =>
      refuse(failure(409, 'ConflictError', 'It was withdrawn')),
    );
    expect(await screen.findByText('It was withdrawn')).toBeVisible();
    expect(within(answers).queryByText('Accepted')).not.toBeInTheDocument();
    expect(
      fake.sent('PUT model-reviews/questions/q1/accepted')[0].body,
    ).toEqual({ answerId: 'a1' });
  });

  it('offer nothing to those who may only read', async () => {
    await renderReviews(<EntityModelReviews />, {
      backends: backends({
        questions: [question()],
        standing: standing({ mayContribute: false }),
      }).on('GET model-reviews/questions/q1', {
        question: question(),
        answers: [answer()],
      }),
      at: `${at}&question=q1`,
    });
    expect(await screen.findByText('It does.')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /^(Ask|Answer|Accept)/ }),
    ).not.toBeInTheDocument();
    expect(screen.queryByLabelText('Your answer')).not.toBeInTheDocument();
  });
});
