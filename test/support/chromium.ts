import { existsSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A headless Chromium that ends with the test, or undefined, said in the log, where none is installed (CHROMIUM names another). */
export async function headlessChromium(t: ExecutionContext): Promise<Browser | undefined> {
  const executablePath = [process.env['CHROMIUM'] ?? '', ...PLACES].find((place) => existsSync(place));
  if (executablePath === undefined) {
    t.log('skipped: Chromium is not here');
    t.pass();
    return undefined;
  }
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  t.teardown(() => browser.close());
  return browser;
}
