import { nearest } from '../../data/nearest.js';
import { usageError } from '../../errors.js';
import type { ExitPlace } from '../../heads/exit-place.js';
import {
  HEAD_KIND_NAMES,
  type HeadKindName,
  isPooledHead,
  type PooledHeadName,
} from '../../heads/head-kinds.js';
import type { CutPoint } from '../../network/cut-points.js';
import { namedPlacement, PLACEMENT_NAMES } from './named-placements.js';

/**
 * The cut points that `--exits` names: `stages` (the ends of all stages but the last), `all` (every block but the last), a
 * number of exits spread evenly over the MACs, `none` (where students stand before the backbone), a placement of the literature with their number (`golden:4`), or blocks separated by
 * commas (`8,17`; one block alone with a comma: `8,`).
 *
 * @param cuts of the whole backbone; the last one is no place for an exit, since nothing is saved there.
 * @throws CascadeError if the choice is malformed or names no such block.
 */
export function chooseCuts(choice: string, cuts: readonly CutPoint[], fullMacs: number): readonly CutPoint[] {
  const places = cuts.slice(0, -1);
  if (choice === 'none') return [];
  if (choice === 'all') return places;
  if (choice === 'stages')
    return places.filter(({ shape }, index) => shape.join() !== cuts[index + 1]!.shape.join());
  if (/^\d+$/.test(choice)) return evenlySpread(Number(choice), places, fullMacs);
  const [, placement, count] = /^([a-z]+):(\d+)$/.exec(choice) ?? [];
  const name = PLACEMENT_NAMES.find((each) => each === placement);
  if (name !== undefined) return namedPlacement(name, Number(count), places, fullMacs);
  if (!/^\d+(,\d+)*,?$/.test(choice)) {
    throw usageError(
      `--exits ${choice} is neither auto, stages, all, a number of exits, blocks such as 8,17, nor a placement such as golden:4 (${PLACEMENT_NAMES.join(', ')}).`,
    );
  }
  const blocks = [...new Set(choice.split(',').filter(Boolean).map(Number))].sort((a, b) => a - b);
  return blocks.map((block) => {
    const cut = places[block];
    if (cut === undefined) {
      throw usageError(
        `--exits names block ${block}, but exits of this backbone stand after blocks 0 to ${places.length - 1}.`,
      );
    }
    return cut;
  });
}

function evenlySpread(count: number, places: readonly CutPoint[], fullMacs: number): readonly CutPoint[] {
  if (count < 1 || count > places.length) {
    throw usageError(
      `--exits ${count} is not between 1 and ${places.length}, the blocks of this backbone but the last.`,
    );
  }
  const chosen = new Set<CutPoint>();
  for (let index = 1; index <= count; index++) {
    const wanted = (fullMacs * index) / (count + 1);
    const free = places.filter((cut) => !chosen.has(cut));
    chosen.add(free.reduce((a, b) => (Math.abs(b.macs - wanted) < Math.abs(a.macs - wanted) ? b : a)));
  }
  return places.filter((cut) => chosen.has(cut));
}

/**
 * The head kinds that `--heads` names: one for all exits (`mlp`), or one a block (`8:linear,17:mlp`).
 *
 * @throws CascadeError if a kind or block is not there, or a chosen exit is left without.
 */
export function chooseHeads(choice: string, cuts: readonly CutPoint[]): readonly ExitPlace[] {
  if (!choice.includes(':')) return cuts.map((cut) => ({ cut, head: headKind(choice) }));
  const kinds = new Map<number, HeadKindName>();
  for (const part of choice.split(',')) {
    const [block, kind] = part.split(':');
    if (!cuts.some((cut) => String(cut.block) === block)) {
      throw usageError(`--heads names block ${block}, where --exits puts no exit.`);
    }
    kinds.set(Number(block), headKind(kind ?? ''));
  }
  return cuts.map((cut) => {
    const head = kinds.get(cut.block);
    if (head === undefined)
      throw usageError(`--heads gives the exit after block ${cut.block} no kind; add ${cut.block}:mlp.`);
    return { cut, head };
  });
}

/**
 * Every kind of head that `--heads` lists (`linear,mlp`) at every cut point, block by block: what `--exits auto` chooses among.
 *
 * @throws CascadeError if a kind is not there.
 */
export function candidatePlaces(
  choice: string,
  cuts: readonly CutPoint[],
): readonly ExitPlace<PooledHeadName>[] {
  const kinds = [...new Set(choice.split(',').map(probedKind))];
  return cuts.slice(0, -1).flatMap((cut) => kinds.map((head) => ({ cut, head })));
}

function probedKind(name: string): PooledHeadName {
  const kind = headKind(name);
  if (isPooledHead(kind)) return kind;
  throw usageError(
    `--exits auto cannot probe heads of the kind ${kind}, which take minutes each to fit; name the blocks that are to have one with --exits.`,
  );
}

function headKind(name: string): HeadKindName {
  const kind = HEAD_KIND_NAMES.find((each) => each === name);
  if (kind !== undefined) return kind;
  const suggestion = nearest(name, HEAD_KIND_NAMES);
  const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  throw usageError(`--heads ${name} is no kind of head (${HEAD_KIND_NAMES.join(', ')})${hint}`);
}
