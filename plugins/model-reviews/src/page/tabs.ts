import { useReviewCaller } from '../lib/useReviewCaller';

const forEverybody = [
  { id: 'newest', label: 'Reviews' },
  { id: 'tips', label: 'Tips' },
  { id: 'questions', label: 'Questions' },
];

const forModerators = [
  ...forEverybody,
  { id: 'moderation', label: 'Moderation' },
];

/** What the page holds for the reader; each tab is a path below it. */
export function useReviewsTabs() {
  const { value } = useReviewCaller();
  return value?.mayModerate ? forModerators : forEverybody;
}
