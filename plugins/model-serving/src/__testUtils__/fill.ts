import userEvent from '@testing-library/user-event';

/** Text in a field at once; key by key takes seconds on a busy machine. */
export async function fill(field: HTMLElement, text: string): Promise<void> {
  await userEvent.click(field);
  await userEvent.clear(field);
  await userEvent.paste(text);
}
