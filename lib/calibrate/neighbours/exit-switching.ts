import type { ExitTables } from '../../exits/exit-tables.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { onlyExit } from '../../exits/single-exit-counts.js';
import { leavingCosts } from '../../exits/thresholds.js';
import { createRandom } from '../../stats/random.js';
import { knownCorrectness, scoredBy } from './exit-columns.js';
import type { Neighbour, Policy, Scorer } from './neighbour.js';

/** Mixtures of two neighbouring exits. */
const STEPS = 20;

interface Place {
  /** The number of exits stands for the full network. */
  readonly exit: number;
  readonly cost: number;
  readonly right: number;
}

/**
 * The exits, the full network among them, that no mixture of two others equals in cost and right answers, from the dearest on.
 *
 * @param places in any order.
 */
export function worthMixing(places: readonly Place[]): readonly Place[] {
  const byCost = [...places].sort((a, b) => b.cost - a.cost || a.right - b.right);
  const kept: Place[] = [];
  for (const place of byCost) {
    while (kept.length >= 2 && !isAbove(kept.at(-2)!, kept.at(-1)!, place)) kept.pop();
    kept.push(place);
  }
  return kept;
}

/** Whether a place between two others in cost is right more often than their mixture. */
function isAbove(dear: Place, middle: Place, cheap: Place): boolean {
  return (
    (middle.right - cheap.right) * (dear.cost - cheap.cost) >
    (dear.right - cheap.right) * (middle.cost - cheap.cost)
  );
}

/** Switching by budget alone. */
export const EXIT_SWITCHING: Neighbour = {
  source:
    'Compact multi-level sparse neural networks with input independent dynamic rerouting: Qin, Zhang, Sun, Chen, Fardad, Wang & Xie 2021, arXiv 2112.10930 (ICTAI 2022), by its abstract',
  differs:
    'The source trains nested networks, the non-zero weights of a sparser level being some of those of a denser one, and takes the level that the resources of the moment allow, whatever the image. Here the nested networks are the cascade’s exits, heads on a frozen network: every whole step of the path has all images leave at one exit. A budget between two of them is met by sending a share of the images, drawn beforehand, to the cheaper one; only the two heads are run, and the first for its share alone. The source’s rerouting within an image, to a sparser level for its last layers where time runs short, is not here: a budget that is known beforehand does not run short.',
  fit(making, top) {
    const exits = making.exitLogits.length;
    const places = Array.from({ length: exits + 1 }, (_, exit): Place => {
      const correct = knownCorrectness(making.exitLogits[exit] ?? making.fullLogits, making, top);
      return {
        exit,
        cost: leavingCosts(making.costs, onlyExit(exit, exits))[exit]!,
        right: correct.reduce((sum, right) => sum + right, 0),
      };
    });
    const path = worthMixing(places);
    return path.slice(1).flatMap((cheap, index): Policy[] => {
      const dear = path[index]!;
      const scorer: Scorer = (outputs) => switched(outputs, top, cheap.exit);
      return Array.from({ length: STEPS }, (_, step) => {
        const share = (step + 1) / STEPS;
        const thresholds = Array.from({ length: exits }, (_exit, exit) => {
          if (exit === cheap.exit) return 1 - share;
          return exit === dear.exit && share < 1 ? 0 : null;
        });
        return { parameter: index + share, scorer, thresholds };
      });
    });
  },
};

/**
 * Draws an image's place in [0, 1) without a look at it; it leaves at the cheaper exit from a threshold on, and always at the dearer one.
 * As it is known beforehand where it leaves, it pays for that exit's head alone, and of networks in a row for that network alone.
 */
function switched(outputs: RecordedOutputs, top: number, cheap: number): ExitTables {
  const random = createRandom(cheap);
  const draws = Float64Array.from(outputs.labels, random);
  const certain = new Float64Array(draws.length).fill(1);
  const { heads, full, backbone } = outputs.costs;
  const alone = backbone.map((_, exit) => leavingCosts(outputs.costs, onlyExit(exit, heads.length))[exit]!);
  return scoredBy(
    { ...outputs, costs: { backbone: alone, heads: heads.map(() => 0), full } },
    top,
    backbone.map((_, exit) => (exit === cheap ? draws : certain)),
  );
}
