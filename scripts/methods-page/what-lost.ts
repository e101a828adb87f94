/** What the tables show, in sentences; looked at again whenever they change. */
export const LOSSES: readonly string[] = [
  '**Averaging outputs with one fixed weight** (`--average`, no method of this list) is the only thing that is clearly ahead of the paper’s path at some drop on every CIFAR-10 network, and nowhere clearly behind.',
  '**`exit-policy`** makes better points than the paper’s path with six exits and on networks in a row, but does not keep that under a promise: some 15 numbers an exit are fitted to 1,500 images, and already its cautious policies send images to late exits that change as many answers as they mend. A test of half a point counts every changed answer; where it fails early, a halving saves next to nothing, from where the wide intervals come.',
  '**`exit-ensembles`**, whose weights are learned, do as well as the plain path and no better; averaging with one weight for all exits, to which nothing is fitted, does better.',
  '**`geometric-shares` and `exponential-shares`** fix how many images leave at an exit, whatever leaving is worth there: the law says where images go, not the accuracy of the exits. Exponential weights, which look at each head’s error, lose less than the geometric law.',
  '**`held-out-accuracy`** is as good as its bins are full. Made from 5,000 images its points are one to three points of MACs behind at a drop of one; a promise leaves 1,500 for its bins, 30 in each, and many are right throughout: all of them leave at once at the first step of its path, and there is no safer step to fall back on.',
  '**`class-thresholds`** split the images by predicted class, so that each threshold rests on a tenth of them, or a hundredth. They are behind on every network.',
  '**`learned-confidence`** learns what its loss rewards: the likelihood of a blend of the outputs of all exits, which is often best where several share an image, and no order of images by how right an exit is. Longer fits (3 and 10 times the steps) did not help.',
  '**`network-energy`** saves 14 to 31 points less than the softmax of the same three networks: how large logits are is no measure of how right an answer is on these networks, whose sizes of logits differ from image to image for other reasons.',
  '**`exit-switching`** does not look at the image, and so shows what looking is worth: 32 to 34 points of MACs at a drop of one on CIFAR-10.',
];
