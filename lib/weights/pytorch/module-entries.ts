import { CascadeError } from '../../errors.js';
import { PickleObject, type PickleValue } from './pickle-value.js';

/** Most modules that a module may hold, itself included, and how deep; a few bytes could nest any number. */
const MOST_MODULES = 100_000;
const DEEPEST = 100;

/** A whole module as `torch.save(model)` writes it. */
export interface PickledModule extends PickleObject {
  readonly state: ReadonlyMap<PickleValue, PickleValue>;
}

/** Whether an object has the attributes of `torch.nn.Module`. */
export function isModule(value: PickleValue): value is PickledModule {
  if (!(value instanceof PickleObject) || !(value.state instanceof Map)) return false;
  return value.state.get('_parameters') instanceof Map && value.state.get('_modules') instanceof Map;
}

/**
 * What `module.state_dict()` would hold: the parameters and persistent buffers of a module and of those inside it, by dotted names.
 *
 * @throws CascadeError if it has more modules, or deeper ones, than cascade reads.
 */
export function moduleEntries(module: PickledModule, file: string): ReadonlyMap<string, PickleValue> {
  const entries = new Map<string, PickleValue>();
  const waiting = [{ module, prefix: '', depth: 0 }];
  let count = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { module, prefix, depth } = next;
    if (++count > MOST_MODULES || depth > DEEPEST) {
      throw new CascadeError(
        `${file} holds a module of more than ${MOST_MODULES} modules or ${DEEPEST} levels, the most that cascade reads; save model.state_dict() instead.`,
      );
    }
    for (const [name, value] of ownEntries(module)) entries.set(`${prefix}${name}`, value);
    const inner = [...(module.state.get('_modules') as ReadonlyMap<PickleValue, PickleValue>)];
    for (const [name, value] of inner.reverse()) {
      if (typeof name !== 'string' || !isModule(value)) continue;
      waiting.push({ module: value, prefix: `${prefix}${name}.`, depth: depth + 1 });
    }
  }
  return entries;
}

function* ownEntries({ state }: PickledModule): Iterable<[string, PickleValue]> {
  const passing = namesOf(state.get('_non_persistent_buffers_set'));
  for (const kind of ['_parameters', '_buffers']) {
    const members = state.get(kind);
    if (!(members instanceof Map)) continue;
    for (const [name, value] of members) {
      if (typeof name === 'string' && !(kind === '_buffers' && passing.has(name))) yield [name, value];
    }
  }
}

/** A set, which protocols before 4 write as the class and its list. */
function namesOf(value: PickleValue | undefined): ReadonlySet<PickleValue> {
  if (value instanceof Set) return value;
  const [list] = value instanceof PickleObject ? value.values : [];
  return new Set(Array.isArray(list) ? list : []);
}
