/**
 * The same text in memory of its own. A part of a text keeps all of it in memory,
 * which for a header is the head of its request.
 *
 * @param text - in Latin-1
 */
export const detached = (text: string): string =>
  Buffer.from(text, 'latin1').toString('latin1');
