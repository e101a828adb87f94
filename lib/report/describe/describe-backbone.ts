import type { BackboneSummary } from '../../cascade/inspect-backbone.js';
import { grouped } from '../../counted.js';
import { renderTable } from '../table.js';

/** A backbone in a line, and its places for exits in a table. */
export function describeBackbone(summary: BackboneSummary): string {
  const {
    architecture,
    classes,
    network_classes: all,
    input_shape: shape,
    macs,
    parameters,
    exits,
  } = summary;
  const ofAll = all === undefined ? '' : ` of the network's ${grouped(all)}`;
  const title = `${architecture}: ${classes}${ofAll} classes, images ${shape.join('×')}, ${grouped(macs)} MACs, ${grouped(parameters)} parameters`;
  const table = renderTable(
    ['exit after', 'feature map', 'MACs up to here', 'of the network'],
    exits.map((exit) => [
      exit.name,
      exit.shape.join('×'),
      grouped(exit.macs),
      `${exit.macs_percent.toFixed(1)} %`,
    ]),
  );
  return [title, '', table].join('\n');
}
