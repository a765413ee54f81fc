/** Looks again and again, for twenty seconds at most. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not happen: ${what}`);
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
}
