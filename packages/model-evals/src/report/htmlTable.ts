import { html } from './escape';

/** What stands in a cell: text, or markup whose texts are escaped already. */
export interface Cell {
  text?: string;
  html?: string;
  /** A number. */
  isNumber?: boolean;
  isHeader?: boolean;
  kind?: 'good' | 'bad' | 'open';
}

export interface Table {
  caption: string;
  columns: Array<{ title: string; isNumber?: boolean }>;
  rows: Cell[][];
}

/** A table that scrolls by itself where it is too wide, with the keyboard too. */
export function table({ caption, columns, rows }: Table): string {
  const head = columns
    .map(
      ({ title, isNumber }) =>
        `<th scope="col"${isNumber ? ' class="n"' : ''}>${html(title)}</th>`,
    )
    .join('');
  const body = rows
    .map(
      row =>
        `<tr>${row
          .map(it => {
            const tag = it.isHeader ? 'th scope="row"' : 'td';
            const kinds = [it.isNumber ? 'n' : '', it.kind ?? '']
              .filter(Boolean)
              .join(' ');
            return `<${tag}${kinds ? ` class="${kinds}"` : ''}>${
              it.html ?? html(it.text ?? '')
            }</${it.isHeader ? 'th' : 'td'}>`;
          })
          .join('')}</tr>`,
    )
    .join('');
  return `<div class="wide" tabindex="0" role="group" aria-label="${html(
    caption,
  )}"><table><caption>${html(
    caption,
  )}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A picture; on a narrow screen it scrolls by itself. */
export function figure(picture: string, caption: string): string {
  return `<figure><div class="wide" tabindex="0" role="group" aria-label="${html(
    caption,
  )}">${picture}</div><figcaption>${html(caption)}</figcaption></figure>`;
}
