import { printable } from '../../printable.js';

/** A piece of a page in which every text from elsewhere is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a piece of a page: texts and numbers are escaped, pieces are not, null and false are nothing. */
export type Content = Html | string | number | null | false | readonly Content[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A piece of a page.
 *
 * @example html`<td>${'a < b'}</td>`.text // '<td>a &lt; b</td>'
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(String.raw({ raw: strings }, ...contents.map(textOf)));
}

/** Text of several lines, which stay lines, however long. */
export function htmlLines(text: string): Html {
  return new Html(
    text
      .split('\n')
      .map((line) => escaped(printable(line, Number.POSITIVE_INFINITY)))
      .join('\n'),
  );
}

/** JSON as a script element may hold it: no text in it ends the element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function textOf(content: Content): string {
  if (content instanceof Html) return content.text;
  if (content === null || content === false) return '';
  if (typeof content === 'object') return content.map(textOf).join('');
  return escaped(printable(String(content)));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
}
