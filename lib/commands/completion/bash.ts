import type { CompletedCommand, CompletedOption, CompletedProgram } from './completed-words.js';

/** A script for Bash, also the 3.2 that macOS has. Where it has no words to offer, Bash offers files. */
export function bashCompletion({ name, options, commands }: CompletedProgram): string {
  return `_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} last= command= flags= values= index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
      -*) last=\${COMP_WORDS[index]} ;;
      *) command=\${command:-\${COMP_WORDS[index]}} ;;
    esac
  done
  # Bash takes --option=value for three words.
  if [[ $current == = ]]; then current= previous=$last; fi
  if [[ $previous == = ]]; then previous=$last; fi
  case $command in
    '') flags='${flagsOf(options)}' values='${commands.map((command) => command.name).join(' ')}' ;;
${commands.map(branch).join('\n')}
  esac
  if [[ $current == -* ]]; then values=$flags; fi
  COMPREPLY=($(compgen -W "$values" -- "$current"))
}
complete -o bashdefault -o default -F _${name} ${name}
`;
}

function branch({ name, options, values }: CompletedCommand): string {
  // Where there are no words but those of options, files come by themselves.
  const hasWords = ({ values: own }: CompletedOption): boolean =>
    Array.isArray(own) || (own !== undefined && Array.isArray(values));
  const arms = (variable: string, chosen: readonly CompletedOption[]): readonly string[] => {
    if (chosen.length === 0) return [];
    return [
      `      case $${variable} in`,
      ...chosen.map(({ flags, values }) => `        ${flags.join(' | ')}) values='${wordsOf(values)}' ;;`),
      '      esac',
    ];
  };
  return [
    `    ${name})`,
    `      flags='${flagsOf(options)}' values='${wordsOf(values)}'`,
    ...arms(
      'previous',
      options.filter((option) => hasWords(option) && !option.isRepeated),
    ),
    ...arms(
      'last',
      options.filter((option) => hasWords(option) && option.isRepeated),
    ),
    '      ;;',
  ].join('\n');
}

function flagsOf(options: readonly CompletedOption[]): string {
  return options.flatMap(({ flags }) => flags).join(' ');
}

/** Nothing where any text or path may stand. */
function wordsOf(values: CompletedOption['values']): string {
  return Array.isArray(values) ? values.join(' ') : '';
}
