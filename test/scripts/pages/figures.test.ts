import { readFileSync } from 'node:fs';
import test from 'ava';
import { allPages } from '../../../scripts/pages/blocks.js';
import { figureParagraphs, strayFigures } from '../../../scripts/pages/figures.js';

test('the figures of a paragraph that names results are rounded cells of these', (t) => {
  for (const page of allPages().filter((name) => name === 'README.md' || name.startsWith('docs'))) {
    const paragraphs = figureParagraphs(readFileSync(page, 'utf8')).filter(
      ({ sources }) => sources.length > 0,
    );
    const strays = paragraphs.filter((paragraph) => strayFigures(paragraph).length > 0);
    t.deepEqual(
      strays.map((paragraph) => [paragraph.text, strayFigures(paragraph)]),
      [],
      page,
    );
  }
});

/** Figures of the README that nobody measured: the version of Node that it takes. */
const NOT_MEASURED = ['20.17'];

test('the README gives no figure without the results that it comes from', (t) => {
  const unsourced = figureParagraphs(readFileSync('README.md', 'utf8')).filter(
    ({ sources, figures }) =>
      sources.length === 0 && figures.some((figure) => !NOT_MEASURED.includes(figure)),
  );
  t.deepEqual(
    unsourced.map(({ text }) => text),
    [],
  );
});

test('a figure that no cell gives is found, and one that a cell gives when it is rounded is not', (t) => {
  // results/cifar10-chain/time.csv: 1.7348 ms, 0.5895 ms, 67.407 %.
  const text =
    'From 1.73 to 0.59 ms, 67.4 %, not 70.5 % (`results/cifar10-chain/time.csv`; `--average 0.3`, arXiv 1805.10982).\n';
  const [paragraph] = figureParagraphs(text);
  t.deepEqual(paragraph!.figures, ['1.73', '0.59', '67.4', '70.5']);
  t.deepEqual(strayFigures(paragraph!), ['70.5']);
});
