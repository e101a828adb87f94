import type { Look } from './look.js';
import { textWidth } from './text-width.js';

/** A legend in rows above the plots, as many entries in each as there is room for. */
export function topLegend(entries: readonly string[], { width, text }: Look) {
  const widest = Math.max(...entries.map((entry) => textWidth(entry, text.label))) + 3 * text.label;
  const columns = Math.max(1, Math.min(entries.length, Math.floor((0.95 * width) / widest)));
  return {
    orient: 'top' as const,
    direction: 'horizontal' as const,
    columns,
    columnPadding: text.label,
    offset: 8,
  };
}
