import type { Network } from '../../network/graph.js';
import type { Backbone, BackboneVariant } from './load-backbone.js';

/** A file of weights with something done to each of the networks that it may be read as. */
export function withNetworks(backbone: Backbone, change: (network: Network) => Network): Backbone {
  const changed = <Variant extends BackboneVariant>(variant: Variant): Variant => ({
    ...variant,
    network: change(variant.network),
  });
  return { ...changed(backbone), variants: async () => (await backbone.variants()).map(changed) };
}
