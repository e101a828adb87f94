import { energy } from '../../exits/criteria/energy.js';
import type { ExitCosts } from '../../exits/exit-table.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { scoredBy } from './exit-columns.js';
import type { Neighbour, Scorer } from './neighbour.js';

const STEPS = 150;

/** EBJR on networks in a row. */
export const NETWORK_ENERGY: Neighbour = {
  source: 'EBJR: Akbari, Banitalebi-Dehkordi & Zhang 2021, arXiv 2110.10343, energy-based joint reasoning',
  differs:
    'With more than two networks each lets the same share of all images go, by its own energy. The variant whose small network knows only some of the classes is not here.',
  unfit: ({ members }) =>
    members === undefined ? 'it takes networks in a row; make some with cascade chain' : undefined,
  fit(making, top) {
    const ends = networkEnds(making.costs);
    const sorted = making.exitLogits.map((logits) => energies(logits, making).sort().reverse());
    const scorer: Scorer = (outputs) =>
      scoredBy(
        outputs,
        top,
        outputs.exitLogits.map((logits) => energies(logits, outputs)),
      );
    return Array.from({ length: STEPS }, (_, step) => {
      const share = (step + 1) / STEPS;
      const last = Math.ceil(share * making.labels.length) - 1;
      return {
        parameter: share,
        scorer,
        thresholds: sorted.map((values, exit) => (ends[exit] ? values[last]! : null)),
      };
    });
  },
};

/** Which exits stand at the end of their network. */
function networkEnds({ members = [], heads }: ExitCosts): readonly boolean[] {
  return heads.map((_, exit) => members[exit] !== members[exit + 1]);
}

function energies(logits: Float32Array, { classes, labels }: RecordedOutputs): Float64Array {
  return Float64Array.from(labels, (_, image) =>
    energy({ logits, start: image * classes, classes, top: 1, agreeing: 1 }),
  );
}
