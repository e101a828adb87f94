import { benchBackbonePass } from './bench/backbone-pass.js';
import { benchHeadFitting } from './bench/head-fitting.js';
import { benchThresholdSearch } from './bench/threshold-search.js';

/** How fast the parts are, as ratios within one run; figures of different machines or runs do not compare. */
await benchBackbonePass();
await benchHeadFitting();
await benchThresholdSearch();
