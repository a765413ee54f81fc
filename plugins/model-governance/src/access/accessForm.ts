/** What ids of profiles and purposes may look like; the backend asks for the same. */
const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

export const ID_RULE =
  'Small letters, digits and hyphens, at most 63; it never changes.';

export const isId = (text: string) => ID.test(text);

/** `Customer care` → `customer-care`: what an id may look like. */
export function idFrom(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}

/** The distinct words of a text, one a line or with commas between them. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

const MEMBER = /^(group|user|component):([^/\s:]+\/)?[^/\s:]+$/i;

/** Members that are no reference to a group, a user or a component. */
export function wrongMembers(members: string[]): string[] {
  return members.filter(member => !MEMBER.test(member));
}

/** `30` → 30, an empty text → nothing; anything but 0 to 3650 whole days is wrong. */
export function daysOf(text: string): number | undefined | 'wrong' {
  const given = text.trim();
  if (given === '') return undefined;
  return /^\d{1,4}$/.test(given) && Number(given) <= 3650
    ? Number(given)
    : 'wrong';
}
