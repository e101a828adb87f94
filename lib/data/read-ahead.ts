/** The same items; the next one is under way while one is used. */
export async function* readAhead<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  let pending = iterator.next();
  for (;;) {
    const { done, value } = await pending;
    if (done) return;
    pending = iterator.next();
    // A failure is met at the next turn; until then it must not count as one that nobody looks at.
    pending.catch(() => {});
    yield value;
  }
}
