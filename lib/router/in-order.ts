/** Hands things on by their numbers 0, 1, 2, …, whatever order they come in. */
export class InOrder<Item> {
  readonly #early = new Map<number, Item>();
  #next = 0;

  constructor(readonly handOn: (item: Item) => void) {}

  /** How many have come before their turn. */
  get waiting(): number {
    return this.#early.size;
  }

  add(number: number, item: Item): void {
    this.#early.set(number, item);
    for (; this.#early.has(this.#next); this.#next++) {
      const ready = this.#early.get(this.#next)!;
      this.#early.delete(this.#next);
      this.handOn(ready);
    }
  }
}
