import type { ResNet } from '../../network/architectures/resnet.js';

/**
 * What the literature calls a residual network, with what sets it apart.
 *
 * @example resnetTitle(network); // 'ResNet-50 (v1.5)'
 */
export function resnetTitle({
  block,
  bottleneckStride,
  stages,
  stem,
  shortcut,
}: Omit<ResNet, 'inputShape'>): string {
  const blocks = stages.reduce((sum, stage) => sum + stage.blocks, 0);
  // The stem and the classifier are one layer each, however deep the stem.
  const layers = (block === 'basic' ? 2 : 3) * blocks + 2;
  const { width, outputWidth, groups } = stages[0]!;
  const isGrouped = groups > 1;
  // A plain bottleneck widens its output to four times its inside.
  const widening = block === 'basic' || isGrouped ? 1 : (4 * width) / outputWidth;
  const details = [
    ...versionOf(block, bottleneckStride, isGrouped),
    ...(stem.widths.length > 1 ? ['deep stem'] : []),
    ...(stem.downsamples ? [] : [stem.pooled ? '3×3 stem, max-pool' : '3×3 stem']),
    ...(shortcut === 'average-pool' ? ['pooled shortcuts'] : []),
  ];
  const name = isGrouped
    ? `ResNeXt-${layers} ${groups}×${width / groups}d`
    : widening > 1
      ? `Wide ResNet-${layers}-${widening}`
      : `ResNet-${layers}`;
  return details.length === 0 ? name : `${name} (${details.join(', ')})`;
}

/** The paper's bottlenecks are v1; ResNeXt, which came after them, tells only where it differs. */
function versionOf(
  block: ResNet['block'],
  stride: ResNet['bottleneckStride'],
  isGrouped: boolean,
): readonly string[] {
  if (block === 'basic') return [];
  if (stride === '1x1') return ['v1'];
  return isGrouped ? [] : ['v1.5'];
}
