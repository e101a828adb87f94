import type { LayerPath } from './keras-layer.js';
import type { Variable } from './weight-store.js';

/**
 * The one of many weights' names that is a layer's variable: `conv/kernel:0`, `model/conv/kernel` or `kernel:0`. Where several end in
 * the variable's name, the one that tells most of the layer's path from its end.
 *
 * @param least how many steps of the path it must tell.
 * @returns undefined if there is none, or several that tell as much.
 */
export function nameOfWeight(
  names: Iterable<string>,
  path: LayerPath,
  { names: variables }: Variable,
  least: number,
): string | undefined {
  const wanted = path.flatMap(({ name }) => name.split('/')).reverse();
  let most = least - 1;
  let found: string[] = [];
  for (const name of names) {
    const [variable, ...owners] = name.replace(/:\d+$/, '').split('/').reverse();
    if (!variables.includes(variable!)) continue;
    const unequal = wanted.findIndex((step, index) => step !== owners[index]);
    const told = unequal < 0 ? wanted.length : unequal;
    if (told > most) found = [];
    if (told >= most) found.push(name);
    most = Math.max(most, told);
  }
  return most >= least && found.length === 1 ? found[0] : undefined;
}
