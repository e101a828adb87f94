/** What training writes beside parameters: step counters of normalisations and of averaged weights, counts of thop and of FSDP. */
const BOOKKEEPING = /(^|\.)(num_batches_tracked|n_averaged|total_ops|total_params|_extra_state)$/;

/** What DataParallel, torch.compile, FSDP and activation checkpointing put around a module, wherever it is. */
const WRAPPERS = /(^|\.)(?:(?:module|_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\.)+/g;

/** Names of what training keeps outside the network it trains, such as a loss or a metric. */
const OUTSIDE =
  /^(criterion|loss|loss_fn|loss_func|metrics?|acc|accuracy|(train|val|valid|validation|test)_\w+|\w+_(acc|accuracy|metrics?|loss|criterion))\./;

/** Whether a name is of something that the network does not compute with. */
export function isBookkeeping(name: string): boolean {
  return BOOKKEEPING.test(name);
}

/** Whether a name is of something that stands beside a network, not inside it. */
export function isOutside(name: string): boolean {
  return OUTSIDE.test(name);
}

/**
 * A name without what wraps a module.
 *
 * @example withoutWrappers('module.layer1._orig_mod.0.conv1.weight'); // 'layer1.0.conv1.weight'
 */
export function withoutWrappers(name: string): string {
  return name.replace(WRAPPERS, '$1');
}
