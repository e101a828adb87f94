import { cifarResNetFamily } from './cifar-resnet.js';
import { kuangliuDenseNetFamily, weiaicunzaiDenseNetFamily } from './densenets/cifar.js';
import { densenetFamily } from './densenets/torchvision.js';
import type { Family } from './family.js';
import { efficientNetLiteFamily } from './inverted-residuals/efficientnet-lite.js';
import { timmInvertedResidualFamily } from './inverted-residuals/timm.js';
import { mobileNetV2Family } from './inverted-residuals/torchvision.js';
import { huggingFaceResNetFamily, torchvisionResNetFamily, weiaicunzaiResNetFamily } from './resnet.js';
import { vggFamily } from './vgg.js';

/** In the order in which they are tried. */
export const FAMILIES: readonly Family[] = [
  cifarResNetFamily,
  torchvisionResNetFamily,
  huggingFaceResNetFamily,
  weiaicunzaiResNetFamily,
  efficientNetLiteFamily,
  mobileNetV2Family,
  timmInvertedResidualFamily,
  densenetFamily,
  kuangliuDenseNetFamily,
  weiaicunzaiDenseNetFamily,
  vggFamily,
];
