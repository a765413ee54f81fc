import { InputError } from '@backstage/errors';
import { z } from 'zod';

const text = z.string().max(200_000);

const event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
  limit: z.string().optional(),
});

const severity = z.object({ type: z.string(), score: z.string() });

const affected = z.object({
  package: z
    .object({
      ecosystem: z.string().optional(),
      name: z.string().optional(),
      purl: z.string().optional(),
    })
    .optional(),
  severity: z.array(severity).nullish(),
  ranges: z
    .array(
      z.object({
        type: z.string(),
        repo: z.string().optional(),
        events: z.array(event),
      }),
    )
    .nullish(),
  versions: z.array(z.string()).nullish(),
});

const advisory = z.object({
  id: z.string().min(1).max(200),
  modified: z.string().optional(),
  published: z.string().optional(),
  withdrawn: z.string().optional(),
  aliases: z.array(z.string()).nullish(),
  summary: text.optional(),
  details: text.optional(),
  severity: z.array(severity).nullish(),
  affected: z.array(affected).nullish(),
  references: z
    .array(z.object({ type: z.string(), url: z.string() }))
    .nullish(),
  database_specific: z.object({ severity: z.unknown() }).nullish(),
});

/** An advisory in the OSV format, as far as it is read here. */
export type OsvAdvisory = z.infer<typeof advisory>;
/** A package that an advisory is about. */
export type OsvAffected = z.infer<typeof affected>;
export type OsvRange = NonNullable<OsvAffected['ranges']>[number];
export type OsvEvent = z.infer<typeof event>;

/**
 * Reads one advisory.
 *
 * @throws InputError when it is not in the OSV format
 */
export function readAdvisory(value: unknown, where: string): OsvAdvisory {
  const parsed = advisory.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(
    `${where} is not an advisory in the OSV format: ${
      issue.path.join('.') || 'the document'
    }: ${issue.message}`,
  );
}

/**
 * Reads a document of a feed: an advisory, a list of them, a list under
 * `vulns` or `advisories`, or one to a line.
 *
 * @throws InputError when it is none of these
 */
export function readAdvisories(document: string, where: string): OsvAdvisory[] {
  const value = parse(document, where);
  if (Array.isArray(value)) {
    return value.map((item, n) =>
      readAdvisory(item, `${where}, entry ${n + 1}`),
    );
  }
  if (typeof value === 'object' && value !== null && !('id' in value)) {
    const list = Object.entries(value).find(
      ([name, it]) =>
        (name === 'vulns' || name === 'advisories') && Array.isArray(it),
    );
    if (list) return readAdvisories(JSON.stringify(list[1]), where);
  }
  return [readAdvisory(value, where)];
}

function parse(document: string, where: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    const lines = document.split('\n').filter(line => line.trim());
    try {
      if (lines.length > 1) return lines.map(line => JSON.parse(line));
    } catch {
      // Falls through to the message for both.
    }
    throw new InputError(`${where} is neither JSON nor JSON Lines`);
  }
}
