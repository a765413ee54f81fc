import { review } from '../__testUtils__/fixtures';
import {
  formOf,
  inputOf,
  isReviewForm,
  problemOf,
  updateOf,
  versionsLeft,
} from './reviewForm';

describe('the form of a review', () => {
  it('opens with the newest version and no stars', () => {
    expect(formOf(undefined, ['2.0', '1.0'])).toMatchObject({
      modelVersion: '2.0',
      stars: { quality: 0, speed: 0, cost: 0, ease: 0 },
    });
    expect(formOf(undefined, []).modelVersion).toBe('*');
  });

  it('needs stars for one aspect, and sends those alone', () => {
    const form = formOf(undefined, ['1.0']);
    expect(problemOf(form)).toMatch(/at least one/);
    const filled = {
      ...form,
      stars: { ...form.stars, ease: 3 },
      useCase: '  Letters ',
      whatWorked: ' ',
    };
    expect(problemOf(filled)).toBeUndefined();
    expect(inputOf(filled, 'model:acme/writer')).toEqual({
      entityRef: 'model:acme/writer',
      modelVersion: '1.0',
      stars: { ease: 3 },
      useCase: 'Letters',
    });
  });

  it('changes the revision that it began with', () => {
    const before = review({ revision: 4 });
    expect(updateOf(formOf(before, []), before)).toEqual({
      revision: 4,
      stars: { quality: 4, cost: 2 },
      useCase: 'Summaries',
      whatWorked: 'Short **letters**.',
    });
  });

  it('proposes versions that one has not reviewed', () => {
    expect(versionsLeft(['2.0', '1.0'], [review()])).toEqual(['2.0']);
  });

  it.each([
    undefined,
    null,
    'text',
    {},
    { ...formOf(undefined, []), stars: { quality: 9 } },
    { ...formOf(undefined, []), whatWorked: 3 },
  ])('takes no %j for a draft', value => {
    expect(isReviewForm(value)).toBe(false);
  });

  it('takes its own form for a draft', () => {
    expect(isReviewForm(formOf(review(), []))).toBe(true);
  });
});
