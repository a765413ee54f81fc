/** A file of the largest size as JSON, where a character may take six. */
export const LARGEST_PLAYGROUND_BODY = '32mb';
