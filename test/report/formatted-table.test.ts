import test from 'ava';
import { formattedTable } from '../../lib/report/formatted-table.js';

const TABLE = {
  header: ['', 'saved at 1 point', 'at 2 %'],
  rows: [
    ['shared_path', '40.1 [39, 41]', '45'],
    ['a | b', null, '−1'],
  ],
};

test('as text a table is one where it fits', (t) => {
  t.is(
    formattedTable(TABLE, 'text', 80),
    `             saved at 1 point  at 2 %
shared_path     40.1 [39, 41]      45
a | b                       –      −1`,
  );
});

test('as text a table that is too wide goes on below, its first column repeated', (t) => {
  t.is(
    formattedTable(TABLE, 'text', 30),
    `             saved at 1 point
shared_path     40.1 [39, 41]
a | b                       –

             at 2 %
shared_path      45
a | b            −1`,
  );
});

test('as Markdown bars in cells are escaped and figures stand to the right', (t) => {
  t.is(
    formattedTable(TABLE, 'markdown'),
    `|  | saved at 1 point | at 2 % |
|---|---:|---:|
| shared_path | 40.1 [39, 41] | 45 |
| a \\| b | – | −1 |`,
  );
});

test('as LaTeX signs that it reads are escaped', (t) => {
  t.is(
    formattedTable(TABLE, 'latex'),
    `\\begin{tabular}{lrr}
\\toprule
 & saved at 1 point & at 2 \\% \\\\
\\midrule
shared\\_path & 40.1 [39, 41] & 45 \\\\
a | b & -- & $-$1 \\\\
\\bottomrule
\\end{tabular}`,
  );
});
