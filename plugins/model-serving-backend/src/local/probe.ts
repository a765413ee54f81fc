const PATIENCE_MS = 2_000;

/** What a server says of itself. */
export interface Probe {
  isReady: boolean;
  /** Share of the start that is done, where it says so. */
  progress?: number;
}

/** Asks a server how it is; one that does not answer is not ready. */
export async function probe(
  port: number,
  path: string,
  signal: AbortSignal,
): Promise<Probe> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      redirect: 'error',
    });
    const text = await response.text();
    return { isReady: response.ok, progress: progressOf(text) };
  } catch {
    return { isReady: false };
  }
}

function progressOf(text: string): number | undefined {
  try {
    const { progress } = Object(JSON.parse(text));
    return typeof progress === 'number' ? progress : undefined;
  } catch {
    return undefined;
  }
}
