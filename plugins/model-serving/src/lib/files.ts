const short = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 });

/** `1.2 KB`, in steps of 1,000. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 999_500) return `${short.format(bytes / 1000)} KB`;
  return `${short.format(bytes / 1_000_000)} MB`;
}

/** The text of a chosen file. */
export function fileText(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () =>
      reject(new Error(`${file.name} could not be read. Choose it again.`));
    reader.readAsText(file);
  });
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
