import path from 'node:path';
import { PACKAGE_ROOT } from '../../files/package-root.js';
import { readText } from '../../files/read-text.js';
import { formattedTable } from '../formatted-table.js';
import { renderSvg } from '../plot/render.js';
import { cascadeSection } from './cascade-section.js';
import { citation } from './citation.js';
import { frontChart } from './front-chart.js';
import { Html, html, htmlLines } from './html.js';
import { reliabilityChart } from './reliability-chart.js';
import type { Making, Reported } from './reported.js';
import { summaryTable } from './summary-table.js';

/** Where something goes into `pages/report.html`. */
const MARKS = /<!-- (the \w+) -->|\/\* (the \w+) \*\//g;

/**
 * A report of cascades as one page that needs nothing from elsewhere: its pictures, style and script are in it. The same cascades give the same bytes.
 *
 * @param reported at least one.
 */
export async function reportPage(reported: readonly Reported[], making: Making): Promise<string> {
  const [page, style, script] = await Promise.all(
    ['report.html', 'report.css', 'report.js'].map((name) =>
      readText(path.join(PACKAGE_ROOT, 'pages', name)),
    ),
  );
  const names = distinctNames(reported);
  const sections: Html[] = [];
  for (const [index, each] of reported.entries()) {
    const { specification, plot } = frontChart([each], [names[index]!], index);
    const front = responsive(await renderSvg(specification));
    const hasExits = each.reliability.some((bins) => bins !== null);
    const reliability = hasExits ? responsive(await renderSvg(reliabilityChart(each))) : '';
    sections.push(cascadeSection(each, { front, plot, reliability }, `cascade-${index + 1}`));
  }
  const side = reported.length > 1 ? await sideBySide(reported, names) : null;
  const title = html`Early exits of ${names.join(', ')}`;
  const parts: Readonly<Record<string, Html>> = {
    'the title': title,
    'the style': new Html(style!),
    'the script': new Html(script!),
    'the cascades': html`<h1>${title}</h1>${side}${sections}`,
    'the quotation': quotation(reported, making),
  };
  return page!.replace(MARKS, (mark, text, code) => parts[text ?? code]?.text ?? mark);
}

async function sideBySide(reported: readonly Reported[], names: readonly string[]): Promise<Html> {
  const { header, rows } = summaryTable(reported);
  const { specification } = frontChart(reported, names);
  return html`
<section id="side"><h2>Side by side</h2>
<div class="wide" tabindex="0"><table>
<thead><tr>${header.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([, ...cells], index) => html`
<tr><th scope="row"><a href="#cascade-${index + 1}">${names[index]!}</a></th>${cells.map((cell) => html`<td>${cell ?? '–'}</td>`)}</tr>`,
  )}
</tbody></table></div>
<figure>${new Html(responsive(await renderSvg(specification)))}
<figcaption>Diamonds: the chosen points. Lines: what is certified for other drops.</figcaption></figure>
</section>`;
}

/** To copy: the table of results, and what it was made with. */
function quotation(reported: readonly Reported[], { command, version }: Making): Html {
  const table = summaryTable(reported);
  const texts = [
    ['Markdown', formattedTable(table, 'markdown')],
    ['LaTeX (with the package booktabs)', formattedTable(table, 'latex')],
    ['BibTeX', citation(version)],
    ['Command of this report', command],
  ] as const;
  return html`
<section><h2>To copy</h2>
${texts.map(
  ([name, text]) => html`
<div class="copied"><h3>${name}</h3><button type="button" class="copy screen">Copy</button><pre tabindex="0">${htmlLines(text)}</pre></div>`,
)}
<p class="quiet">cascade ${version}, Node.js ${process.versions.node}</p>
</section>`;
}

/** The folder tells cascades of one name apart. */
function distinctNames(reported: readonly Reported[]): readonly string[] {
  const names = reported.map(({ manifest }) => manifest.name);
  return new Set(names).size === names.length ? names : reported.map(({ folder }) => folder);
}

/** As wide as its place, at most as wide as drawn. */
function responsive(svg: string): string {
  return svg
    .replace(/^[\s\S]*?<svg /, '<svg ')
    .replace(/<svg ([^>]*?)width="([\d.]+)" height="[\d.]+"/, '<svg $1style="max-width:$2px"');
}
