import type { CascadeError } from '../errors.js';

/** What makes values out of others. */
interface Step {
  /** Names of the values that it reads. */
  readonly input: readonly string[];
  readonly output: readonly string[];
}

/**
 * Steps so that every value is made before it is read; those that stand so already keep their places.
 *
 * @throws what `cycle` makes of a step that needs its own result.
 */
export function orderByUse<Kind extends Step>(
  steps: readonly Kind[],
  cycle: (step: Kind) => CascadeError,
): readonly Kind[] {
  const makers = new Map<string, Kind>();
  for (const step of steps) {
    for (const name of step.output) if (name !== '' && !makers.has(name)) makers.set(name, step);
  }
  const ordered = new Set<Kind>();
  // Steps begun, each with the place of its next input: a chain may be longer than the stack of calls is deep.
  const begun = new Map<Kind, number>();
  const open: Kind[] = [];
  const begin = (step: Kind): void => {
    begun.set(step, 0);
    open.push(step);
  };
  for (const first of steps) {
    if (!ordered.has(first)) begin(first);
    while (open.length > 0) {
      const step = open.at(-1)!;
      const place = begun.get(step)!;
      if (place === step.input.length) {
        ordered.add(step);
        begun.delete(step);
        open.pop();
        continue;
      }
      begun.set(step, place + 1);
      const maker = makers.get(step.input[place]!);
      if (maker === undefined || ordered.has(maker)) continue;
      if (begun.has(maker)) throw cycle(maker);
      begin(maker);
    }
  }
  return [...ordered];
}
