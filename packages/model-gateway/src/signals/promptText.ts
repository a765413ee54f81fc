type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

/** A text, or the texts of its parts. */
function textOf(content: unknown, most: number): string {
  if (typeof content === 'string') {
    return content.slice(0, most);
  }
  if (!Array.isArray(content)) {
    return '';
  }
  let text = '';
  for (const part of content) {
    if (text.length >= most) break;
    const piece = typeof part === 'string' ? part : fieldsOf(part).text;
    if (typeof piece === 'string') {
      text += `${piece.slice(0, most)}\n`;
    }
  }
  return text.slice(0, most);
}

const isFromUser = (message: unknown) => fieldsOf(message).role === 'user';

/**
 * The last thing that a user said: of messages, of an input, or the prompt.
 *
 * @param most - characters that are read
 */
export function promptText(body: Fields | undefined, most: number): string {
  if (!body) {
    return '';
  }
  const said = body.messages ?? body.input ?? body.prompt;
  if (Array.isArray(said)) {
    const last = said.findLast(isFromUser);
    return textOf(last ? fieldsOf(last).content : said, most);
  }
  return textOf(said, most);
}
