/** A prefix of groups: how many of them, and what it sums to. */
export interface Prefix {
  /** Groups in it, 0 for the empty prefix. */
  readonly groups: number;
  readonly loss: number;
  readonly count: number;
}

/**
 * Groups in a fixed order, each with a loss (which may be negative) and a count, that change while prefixes of them are
 * searched: a segment tree, O(log groups) a call.
 */
export class PrefixTree {
  readonly #leaves: number;
  readonly #loss: Int32Array;
  readonly #count: Int32Array;
  /** The least loss of a non-empty prefix of each node's groups. */
  readonly #least: Int32Array;

  constructor(readonly groups: number) {
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(1, groups)));
    this.#loss = new Int32Array(2 * this.#leaves);
    this.#count = new Int32Array(2 * this.#leaves);
    this.#least = new Int32Array(2 * this.#leaves);
    // Leaves that only fill the tree up must never end a prefix.
    this.#least.fill(UNREACHABLE, this.#leaves + groups);
    for (let node = this.#leaves - 1; node >= 1; node--) this.#refresh(node);
  }

  /** Adds to a group's loss and count. */
  add(group: number, loss: number, count: number): void {
    for (let node = this.#leaves + group; node >= 1; node >>= 1) {
      this.#loss[node]! += loss;
      this.#count[node]! += count;
      if (node >= this.#leaves) this.#least[node] = this.#loss[node]!;
      else this.#refresh(node);
    }
  }

  #refresh(node: number): void {
    const left = 2 * node;
    this.#least[node] = Math.min(this.#least[left]!, this.#loss[left]! + this.#least[left + 1]!);
  }

  /** The longest prefix whose loss is at most `limit`; undefined if not even the empty one is. */
  longestWithin(limit: number): Prefix | undefined {
    if (this.#least[1]! > limit) return limit >= 0 ? EMPTY : undefined;
    let node = 1;
    let loss = 0;
    let count = 0;
    while (node < this.#leaves) {
      const left = 2 * node;
      if (loss + this.#loss[left]! + this.#least[left + 1]! <= limit) {
        loss += this.#loss[left]!;
        count += this.#count[left]!;
        node = left + 1;
      } else node = left;
    }
    return this.#prefixTo(node, loss, count);
  }

  /** The longest of the prefixes with the least loss among those that hold at least `count` members; undefined if all hold fewer. */
  leastLossWith(count: number): Prefix | undefined {
    if (this.#count[1]! < count) return undefined;
    const best = this.#search(1, 0, 0, count);
    return count <= 0 && (best === undefined || best.loss > 0) ? EMPTY : best;
  }

  #search(node: number, loss: number, held: number, count: number): Prefix | undefined {
    if (held + this.#count[node]! < count) return undefined;
    if (node >= this.#leaves)
      return node - this.#leaves < this.groups ? this.#prefixTo(node, loss, held) : undefined;
    const left = 2 * node;
    const rightLoss = loss + this.#loss[left]!;
    const rightHeld = held + this.#count[left]!;
    // Every prefix that ends on the right holds enough: only the better half needs a look.
    if (held >= count) {
      return rightLoss + this.#least[left + 1]! <= loss + this.#least[left]!
        ? this.#search(left + 1, rightLoss, rightHeld, count)
        : this.#search(left, loss, held, count);
    }
    const right = this.#search(left + 1, rightLoss, rightHeld, count);
    const first = this.#search(left, loss, held, count);
    return right !== undefined && (first === undefined || right.loss <= first.loss) ? right : first;
  }

  #prefixTo(leaf: number, loss: number, count: number): Prefix {
    return {
      groups: leaf - this.#leaves + 1,
      loss: loss + this.#loss[leaf]!,
      count: count + this.#count[leaf]!,
    };
  }
}

/** More than any loss, and still an integer of 32 bits when losses are added. */
const UNREACHABLE = 2 ** 30;

const EMPTY: Prefix = { groups: 0, loss: 0, count: 0 };
