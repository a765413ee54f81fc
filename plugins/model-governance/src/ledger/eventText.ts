/** `approval.gates-passed` → `Approval: gates passed`, for events without a sentence of their own. */
export function eventText(type: string): string {
  const [subject, ...rest] = type.split('.');
  const words = rest.join(' ').replace(/-/g, ' ');
  const title = subject.charAt(0).toUpperCase() + subject.slice(1);
  return words ? `${title}: ${words}` : title;
}
