/** What came of a download. */
export interface Downloaded {
  blob: Blob;
  /** Lines of the file without its header. */
  rows: number;
}

/** Reads an answer to its end and says how far it is. */
export async function readFile(
  response: Response,
  onProgress: (bytes: number) => void,
): Promise<Downloaded> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  let lines = 0;
  let endsWithLine = true;
  const take = (part: Uint8Array) => {
    parts.push(part);
    bytes += part.length;
    for (const byte of part) if (byte === 10) lines += 1;
    if (part.length > 0) endsWithLine = part[part.length - 1] === 10;
    onProgress(bytes);
  };
  const reader = response.body?.getReader();
  if (reader) {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      take(value);
    }
  } else {
    take(new Uint8Array(await response.arrayBuffer()));
  }
  const all = lines + (endsWithLine ? 0 : 1);
  return {
    blob: new Blob(parts as BlobPart[], { type: 'text/csv' }),
    rows: Math.max(0, all - 1),
  };
}

const short = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 });

/** `1.2 KB`, in steps of 1,000. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 999_500) return `${short.format(bytes / 1000)} KB`;
  return `${short.format(bytes / 1_000_000)} MB`;
}

/** Hands a file to the browser. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
