/** What the command's end says: good, not good, or not able to tell. */
export const EXIT = { ok: 0, bad: 1, unable: 2 } as const;

/** A file or an argument that the command cannot work with. */
export class UnableError extends Error {}
