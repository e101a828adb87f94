import type { ResNet } from '../../network/resnet.js';

/**
 * What the literature calls a residual network, with what sets it apart.
 *
 * @example resnetTitle(network); // 'ResNet-50 (v1.5)', 'ResNeXt-50 32×4d', 'ResNet-18 (deep stem, pooled shortcuts)'
 */
export function resnetTitle({ block, stages, stem, shortcut }: Omit<ResNet, 'inputShape'>): string {
  const blocks = stages.reduce((sum, stage) => sum + stage.blocks, 0);
  // The stem and the classifier are one layer each, however deep the stem.
  const layers = (block === 'basic' ? 2 : 3) * blocks + 2;
  const { width, outputWidth, groups } = stages[0]!;
  const isGrouped = groups > 1;
  // A plain bottleneck widens its output to four times its inside.
  const widening = block === 'basic' || isGrouped ? 1 : (4 * width) / outputWidth;
  const details = [
    ...(block === 'bottleneck' && !isGrouped ? ['v1.5'] : []),
    ...(stem.widths.length > 1 ? ['deep stem'] : []),
    ...(stem.downsamples ? [] : ['3×3 stem']),
    ...(shortcut === 'average-pool' ? ['pooled shortcuts'] : []),
  ];
  const name = isGrouped
    ? `ResNeXt-${layers} ${groups}×${width / groups}d`
    : widening > 1
      ? `Wide ResNet-${layers}-${widening}`
      : `ResNet-${layers}`;
  return details.length === 0 ? name : `${name} (${details.join(', ')})`;
}
