/** The part of a web stream that is read. */
interface ByteStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

const LONGEST_LINE = 16 * 1024 * 1024;

/** Lines of a stream, without their ends; empty ones are left out. */
export async function* linesOf(
  stream: ByteStream,
  signal?: AbortSignal,
): AsyncIterable<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = done ? '' : lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim()) {
          yield line.replace(/\r$/, '');
        }
      }
      if (done) {
        return;
      }
      if (rest.length > LONGEST_LINE) {
        throw new Error('A line of a stream is longer than 16 MiB');
      }
    }
  } catch (error) {
    if (!signal?.aborted) {
      throw error;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
