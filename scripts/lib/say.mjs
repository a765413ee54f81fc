const startedAt = Date.now();

/** `75000` → `1:15`. */
export function clock(ms) {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Prints a line with the time since the start. */
export function say(message) {
  process.stdout.write(`[${clock(Date.now() - startedAt)}] ${message}\n`);
}

/** Ends the program with a message that says what to do next. */
export function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/**
 * Says what is being done, again every 15 seconds while it lasts, and how long
 * it took.
 */
export async function during(what, work) {
  const from = Date.now();
  say(`${what} …`);
  const timer = setInterval(
    () => say(`… still: ${what} (${clock(Date.now() - from)})`),
    15_000,
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
