/** A method that is named by the literature and not computed here. */
export interface OutOfReach {
  readonly method: string;
  readonly source: string;
  readonly why: string;
  /** What it would take, estimated from MACs and measured speeds where no run says it. */
  readonly cost: string;
}

export const OUT_OF_REACH: readonly OutOfReach[] = [
  {
    method: 'Learned weights of the exits’ losses',
    source:
      'DynExit: Wang, Mo, Lin, Wang & Du 2019, IEEE Workshop on Signal Processing Systems (SiPS), by its abstract',
    why: 'It adapts the weights of the exits’ losses while ResNet and exits are trained together. They matter where the exits share a trunk that is trained: with the network frozen, each head has a loss of its own and its weight changes nothing but the length of its steps. cascade does not train trunks.',
    cost: 'ResNet-56: forward and backward take about 0.38 G multiply-accumulates an image, 19 T an epoch of 50,000 images, 6 minutes at 50 G a second; 60 epochs are 6 hours on two cores.',
  },
  {
    method: 'Splits of channels',
    source: 'S2DNAS: Yuan, Wu, Sun, Liang, Zhao & Bi 2020, arXiv 1911.07033 (ECCV 2020), by its abstract',
    why: 'It makes another network of several stages out of the given one by predefined transformations, looks for the best by reinforcement learning, and trains what it finds: no way of deciding about a network that is frozen.',
    cost: 'Three splits of ResNet-56 for 160 epochs each: about 50 hours on two cores, without the search.',
  },
  {
    method: 'Heads fitted to survivors',
    source: 'CalexNet: Aperstein & Apartsin 2025, arXiv 2509.08318',
    why: 'Heads would be fitted to images weighted to those that come so far, which are known only for given thresholds: heads and thresholds in turns. Its thresholds by predicted class are here (`class-thresholds`).',
    cost: 'One fit of all heads a round on features that are recorded once; on the training images late heads are always right, so that the weights need images of their own.',
  },
  {
    method: 'Connections between heads',
    source: 'Zero Time Waste: Wołczyk et al. 2021, arXiv 2106.05409, cascade connections',
    why: 'Each head would take the output of the one before among its features, and heads would be fitted one after another. Its ensembles are here (`exit-ensembles`).',
    cost: 'One fit of all heads, one after another, and a product of classes × classes or hidden units a head when it runs.',
  },
  {
    method: 'A learned confidence on feature maps',
    source: 'EENets: arXiv 2409.05336; PTEENet: arXiv 2501.02508',
    why: 'As published the second output sees the feature map and is fitted to training images. Here it sees the head’s log-probabilities (`learned-confidence`), since records hold logits alone: features of the fitting images are deleted when the heads are fitted.',
    cost: 'One pass of the backbone over the fitting images, and one fit a λ.',
  },
];
