import type { CompletedCommand, CompletedOption, CompletedProgram, Values } from './completed-words.js';

/** A script for zsh, to be evaluated behind `compinit` or kept as `_cascade` in a folder of `$fpath`. */
export function zshCompletion({ name, options, commands }: CompletedProgram): string {
  return `#compdef ${name}
_${name}() {
  local curcontext=$curcontext state line
  local -a commands
  commands=(
${commands.map((command) => `    ${quoted(`${command.name}:${command.description}`)}`).join('\n')}
  )
  _arguments -C ${specifications(options, 4)} \\
    '1: :->command' '*:: :->words'
  case $state in
    command) _describe command commands ;;
    words)
      case $line[1] in
${commands.map(branch).join('\n')}
      esac
      ;;
  esac
}
if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function branch({ name, options, values }: CompletedCommand): string {
  return `        ${name})
          _arguments ${specifications(options, 12)} \\
            ${quoted(`*:argument:${action(values)}`)}
          ;;`;
}

function specifications(options: readonly CompletedOption[], indent: number): string {
  return options
    .flatMap(({ flags, description, values, isRepeated }) =>
      flags.map((flag) => {
        const value = values === undefined ? '' : `:value:${action(values)}`;
        return quoted(`${isRepeated ? '*' : ''}${flag}[${description.replace(/[[\]\\]/g, '\\$&')}]${value}`);
      }),
    )
    .join(` \\\n${' '.repeat(indent)}`);
}

function action(values: Values): string {
  if (values === 'paths') return '_files';
  return values === 'anything' ? ' ' : `(${values.join(' ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
