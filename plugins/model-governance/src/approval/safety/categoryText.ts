/** `prompt-injection` in words. */
export const categoryText = (category: string): string => {
  const words = category.replace(/[-_]+/g, ' ').trim();
  return words ? words[0].toUpperCase() + words.slice(1) : category;
};
