import { printable } from '../../printable.js';

/** Commander's report of a wrong option, which comes in lines ("error: …", "(Did you mean …?)"), as one sentence. */
export function wrongUsage(text: string, name: string): string {
  const sentence = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\.?\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  return `cascade: ${printable(sentence)}; see \`${name} --help\`.\n`;
}
