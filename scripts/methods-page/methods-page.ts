import { NEIGHBOUR_NAMES, NEIGHBOUR_TITLES } from '../../lib/calibrate/neighbours/neighbour-names.js';
import { NEIGHBOURS } from '../../lib/calibrate/neighbours/neighbours.js';
import { counted } from '../../lib/counted.js';
import { formattedTable } from '../../lib/report/formatted-table.js';
import { inPoints } from '../../lib/report/numbers.js';
import { type ComparedNetwork, type Figure, type MethodFigures, REFERENCE } from './compared-network.js';
import { OUT_OF_REACH } from './out-of-reach.js';
import { LOSSES } from './what-lost.js';

/** `docs/methods.md`. */
export function methodsPage(networks: readonly ComparedNetwork[]): string {
  const { splits, images } = networks[0]!;
  return [
    '# Published methods on the same exits',
    '',
    '<!-- Made by `node dist/scripts/methods-page.js` from results/methods/*/compare.csv. -->',
    '',
    'Each decides on the same recorded logits of the same exits. A halving makes thresholds, or whatever a method has in their place, from one half of',
    `the ${counted(images, 'image')} and judges it on the other; figures are means over ${splits} halvings, in brackets what 95 % of the halvings lie between. Everything`,
    'that an image visits is charged: networks, heads, and the multiply-accumulates that a method adds.',
    '',
    '- **Saved** at a drop: share of the full network’s MACs that the cheapest point saves among those which really drop no more on the judging half. It',
    '  compares the points themselves: nobody could have chosen so well beforehand.',
    '- **Promised**: 30 % of the first half make a path, the rest test it point by point, from safe to cheap, by the exact paired test at 95 %; what the',
    '  last point that passes saves on the other half. It is what a user gets. (`shared` is fixed beforehand, and all of the first half tests it; of',
    '  chains with exits inside their networks four fifths.)',
    '- **Time saved**: the same of the time of one image at a time, where `cascade measure` timed the exits: among the same points, chosen by MACs.',
    `- **Ahead**: the difference from the paper’s path (\`${REFERENCE}\`) on the same halvings; **bold** where the interval of the differences leaves out 0.`,
    '',
    'Halvings share images: their interval says how much a figure depends on which half is which, not what another test set would give.',
    '',
    '```sh needs=minutes',
    'npx cascade compare demo.cascade --methods all --criteria softmax --confidence 95% --format markdown',
    '```',
    '',
    ...networks.flatMap(networkPart),
    '## Differences from the paper’s path that are larger than their intervals',
    '',
    ...differences(networks),
    '',
    '## What lost, and why',
    '',
    ...LOSSES.map((sentence) => `- ${sentence}`),
    '',
    '## What was adapted',
    '',
    formattedTable(
      {
        header: ['`--methods`', 'what it does', 'source', 'what differs from it'],
        rows: NEIGHBOUR_NAMES.map((name) => [
          `\`${name}\``,
          NEIGHBOUR_TITLES[name],
          NEIGHBOURS[name].source,
          NEIGHBOURS[name].differs,
        ]),
      },
      'markdown',
    ).replace(/---:/g, '---'),
    '',
    'Class means of pooled features are a kind of head, `attach --heads means --augment 0` (E²CM: Görmez, Dasari & Koyuncu 2022, arXiv 2103.01148): the answer is the class',
    'with the nearest mean. What differs: squared distances over one variance instead of distances over their mean in each class, which makes a fully connected layer of',
    'them. Their rows are of the paper’s path on these heads.',
    '',
    'Placement of exits by share of MACs (`attach --exits linear:4`, `fine:4`, `pareto:4`, `golden:4`; EENets) is a matter of attaching, not of deciding: see [commands](commands.md).',
    '',
    '## Not here',
    '',
    formattedTable(
      {
        header: ['method', 'source', 'why not', 'what it would cost'],
        rows: OUT_OF_REACH.map(({ method, source, why, cost }) => [method, source, why, cost]),
      },
      'markdown',
    ).replace(/---:/g, '---'),
    '',
  ].join('\n');
}

function networkPart(network: ComparedNetwork): readonly string[] {
  const { cascade, dataset, exits, drops, methods } = network;
  const middle = drops[drops.length >> 1]!;
  const ofDrops = (pick: (figures: MethodFigures) => Figure | null) =>
    [...methods].map(([name, byDrop]) => [
      name === REFERENCE ? `${name} (the paper’s)` : name,
      ...drops.map((drop) => cell(pick(byDrop.get(drop)!))),
    ]);
  const figuresOf = (index: number): MethodFigures => [...methods.values()][index]!.get(middle)!;
  const isTimed = [...methods.keys()].some((_, index) => figuresOf(index).time !== null);
  const ends = [...(isTimed ? [`time saved at ${inPoints(middle)}`] : []), `ahead at ${inPoints(middle)}`];
  const free = ofDrops(({ saved }) => saved).map((row, index) => [
    ...row,
    ...(isTimed ? [cell(figuresOf(index).time)] : []),
    aheadCell([...methods][index]![0], figuresOf(index).ahead),
  ]);
  const promised = ofDrops((figures) => figures.promised)
    .map((row, index) => [
      ...row,
      ...(isTimed ? [figuresOf(index).promisedTime?.toFixed(1) ?? null] : []),
      aheadCell([...methods][index]![0], figuresOf(index).promisedAhead),
    ])
    .filter((row) => row[1] !== null);
  return [
    `## ${cascade} on ${dataset}, exits after ${/^[\d ]*$/.test(exits) ? 'blocks ' : ''}${exits.replaceAll(' ', ', ')}`,
    '',
    formattedTable({ header: ['MACs saved, %', ...drops.map(inPoints), ...ends], rows: free }, 'markdown'),
    '',
    formattedTable(
      {
        header: ['MACs saved under the promise, %', ...drops.map(inPoints), ...ends],
        rows: promised,
      },
      'markdown',
    ),
    '',
    `![MACs saved by each method on ${cascade}](../results/methods/${cascade}/compare.png)`,
    '',
  ];
}

function cell(figure: Figure | null): string | null {
  return figure && `${figure.mean.toFixed(1)} [${figure.low.toFixed(1)}, ${figure.high.toFixed(1)}]`;
}

function aheadCell(name: string, ahead: Figure | null): string | null {
  if (name === REFERENCE || ahead === null) return null;
  const text = `${signed(ahead.mean)} [${signed(ahead.low)}, ${signed(ahead.high)}]`;
  return isClear(ahead) ? `**${text}**` : text;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}

function isClear({ low, high }: Figure): boolean {
  return low > 0 || high < 0;
}

/** A sentence a network and kind of figure: which methods are clearly ahead and which behind, at which drops. */
function differences(networks: readonly ComparedNetwork[]): readonly string[] {
  const kinds = [
    ['saved', (figures: MethodFigures) => figures.ahead],
    ['promised', (figures: MethodFigures) => figures.promisedAhead],
  ] as const;
  const rows = networks.flatMap(({ cascade, methods, drops }) =>
    kinds.map(([kind, pick]) => {
      const clear = (isAhead: boolean): string =>
        [...methods]
          .filter(([name]) => name !== REFERENCE)
          .flatMap(([name, byDrop]) => {
            const at = drops.filter((drop) => {
              const ahead = pick(byDrop.get(drop)!);
              return ahead !== null && isClear(ahead) && ahead.mean > 0 === isAhead;
            });
            return at.length === 0 ? [] : [`${name} (${at.join(', ')})`];
          })
          .join('; ') || 'none';
      return [cascade, kind, clear(true), clear(false)];
    }),
  );
  return [
    formattedTable(
      { header: ['network', 'figure', 'ahead (at drops, in points)', 'behind'], rows },
      'markdown',
    ).replace(/---:/g, '---'),
  ];
}
