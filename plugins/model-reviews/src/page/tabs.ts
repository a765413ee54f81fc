/** What the page holds; each tab is a path below it. */
export const reviewsTabs = [
  { id: 'newest', label: 'Reviews' },
  { id: 'tips', label: 'Tips' },
  { id: 'questions', label: 'Questions' },
  { id: 'moderation', label: 'Moderation' },
];
