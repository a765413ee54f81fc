import type {
  ModelReview,
  ModelReviewInput,
  ModelReviewStars,
  ModelReviewUpdate,
} from '@modelhub/backstage-plugin-models-common';
import { type Aspect, aspects, NO_VERSION } from '../lib/words';

/** What one fills in. */
export interface ReviewForm {
  modelVersion: string;
  /** 0 for an aspect without stars. */
  stars: Record<Aspect, number>;
  useCase: string;
  whatWorked: string;
  limitations: string;
}

/** The backend takes no longer ones. */
export const LONGEST_USE_CASE = 120;

/** The form as it opens: empty, or with what the review says. */
export function formOf(
  review: ModelReview | undefined,
  versions: string[],
): ReviewForm {
  return {
    modelVersion: review?.modelVersion ?? versions[0] ?? NO_VERSION,
    stars: {
      quality: review?.stars.quality ?? 0,
      speed: review?.stars.speed ?? 0,
      cost: review?.stars.cost ?? 0,
      ease: review?.stars.ease ?? 0,
    },
    useCase: review?.useCase ?? '',
    whatWorked: review?.whatWorked ?? '',
    limitations: review?.limitations ?? '',
  };
}

/** Whether something is such a form; what a browser kept may be of another time. */
export function isReviewForm(value: unknown): value is ReviewForm {
  if (typeof value !== 'object' || value === null) return false;
  const form = value as Partial<Record<keyof ReviewForm, unknown>>;
  const stars = form.stars as Partial<Record<Aspect, unknown>> | undefined;
  return (
    [form.modelVersion, form.useCase, form.whatWorked, form.limitations].every(
      text => typeof text === 'string',
    ) &&
    aspects.every(({ id }) =>
      [0, 1, 2, 3, 4, 5].includes(stars?.[id] as number),
    )
  );
}

/** Why it cannot be sent; undefined when it can. */
export function problemOf(form: ReviewForm): string | undefined {
  return aspects.some(({ id }) => form.stars[id] > 0)
    ? undefined
    : 'Give stars for at least one of the four.';
}

const given = (text: string) => text.trim() || undefined;

function contentOf(form: ReviewForm) {
  const stars: ModelReviewStars = {};
  for (const { id } of aspects) {
    if (form.stars[id] > 0) stars[id] = form.stars[id];
  }
  return {
    stars,
    useCase: given(form.useCase),
    whatWorked: given(form.whatWorked),
    limitations: given(form.limitations),
  };
}

/** A new review. */
export function inputOf(form: ReviewForm, entityRef: string): ModelReviewInput {
  return { entityRef, modelVersion: form.modelVersion, ...contentOf(form) };
}

/** A change of the review that the form began with. */
export function updateOf(
  form: ReviewForm,
  review: Pick<ModelReview, 'revision'>,
): ModelReviewUpdate {
  return { revision: review.revision, ...contentOf(form) };
}

/** Versions that one has not reviewed yet. */
export function versionsLeft(
  versions: string[],
  reviews: Array<Pick<ModelReview, 'modelVersion' | 'state'>>,
): string[] {
  const taken = new Set(reviews.map(({ modelVersion }) => modelVersion));
  return versions.filter(version => !taken.has(version));
}
