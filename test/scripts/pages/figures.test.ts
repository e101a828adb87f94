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

/** Of the README's figures those that nobody measured: the version of Node that it takes. */
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
  // results/cifar10-chain/time.csv: 1.4308 ms, 0.4223 ms, 69.537 %.
  const text =
    'From 1.43 to 0.42 ms, 69.5 %, not 70.5 % (`results/cifar10-chain/time.csv`; `--average 0.3`, arXiv 1805.10982).\n';
  const [paragraph] = figureParagraphs(text);
  t.deepEqual(paragraph!.figures, ['1.43', '0.42', '69.5', '70.5']);
  t.deepEqual(strayFigures(paragraph!), ['70.5']);
});
