import { CodeSnippet } from '@backstage/core-components';

/** A command to copy, without colours that are hard to read. */
export function Command({ text }: { text: string }) {
  return (
    <CodeSnippet text={text} language="text" showCopyCodeButton wrapLongLines />
  );
}
