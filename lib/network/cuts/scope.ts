/**
 * What a network calls the part that makes a value, where the value's name is a path of modules, as exporters write it.
 *
 * @example scopeOf('/features/features.4/MaxPool_output_0'); // { scope: 'features.4' }
 */
export function scopeOf(value: string): { readonly scope?: string } {
  if (!value.startsWith('/')) return {};
  const modules = value.split('/').slice(1, -1);
  // A module inside a list is written after the list, whose name its own begins with.
  const path = modules.filter((module, index) => !modules[index + 1]?.startsWith(`${module}.`));
  const scope = path.join('.');
  return scope === '' || scope.length > LONGEST || !/^[\w.-]+$/.test(scope) ? {} : { scope };
}

/** Most characters that are a name and no longer a text. */
const LONGEST = 80;
