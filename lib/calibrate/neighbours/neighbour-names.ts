/** Published ways of leaving early, by the names that `compare --methods` takes, with what each does in a few words. */
export const NEIGHBOUR_TITLES = {
  'geometric-shares': 'budget by a geometric law of exit shares (MSDNet)',
  'exponential-shares': 'budget by exit shares of exponential weights (EERO)',
  'held-out-accuracy': 'held-out accuracy of images that were as sure (PCEE)',
  'class-thresholds': 'a threshold an exit and predicted class (CalexNet)',
  'exit-ensembles': 'ensembles of the exits so far, weights learned (Zero Time Waste)',
  'exit-policy': 'an exit policy by fitted Q-iteration (Vashist et al.)',
  'learned-confidence': 'a learned confidence an exit, blended loss (EENets, PTEENet)',
  'network-energy': 'energy of the small network decides on the large one (EBJR)',
  'exit-switching': 'exits switched by budget alone, whatever the image (Qin et al.)',
} as const;

export type NeighbourName = keyof typeof NEIGHBOUR_TITLES;

export const NEIGHBOUR_NAMES = Object.keys(NEIGHBOUR_TITLES) as readonly NeighbourName[];
