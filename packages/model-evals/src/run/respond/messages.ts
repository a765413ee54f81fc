import type {
  ChatMessage,
  EvaluationCase,
  PackRequest,
} from '../../pack/types';

const templated = (template: string | undefined, input: string) =>
  // A function, for `$&` in an input is no pattern.
  template ? template.replaceAll('{{input}}', () => input) : input;

/** The conversation that a case begins with. */
export function messagesOf(
  { input }: EvaluationCase,
  { system, template }: PackRequest,
): ChatMessage[] {
  const before: ChatMessage[] = system
    ? [{ role: 'system', content: system }]
    : [];
  if (typeof input === 'string') {
    return [...before, { role: 'user', content: templated(template, input) }];
  }
  const last = input[input.length - 1];
  return [
    ...before,
    ...input.slice(0, -1),
    last.role === 'user'
      ? { ...last, content: templated(template, last.content) }
      : last,
  ];
}

/** The text that a completion goes on from. */
export function promptOf(
  it: EvaluationCase,
  { system, template }: PackRequest,
): string {
  const input = templated(template, shownInput(it));
  return system ? `${system}\n\n${input}` : input;
}

/** A case's input as people read it. */
export function shownInput({ input }: EvaluationCase): string {
  return typeof input === 'string'
    ? input
    : input.map(({ role, content }) => `${role}: ${content}`).join('\n');
}
