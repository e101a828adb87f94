import { existsSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { type Browser, chromium } from 'playwright-core';
import type { Need } from './needs.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is installed (CHROMIUM names another place). */
const executablePath = [process.env['CHROMIUM'] ?? '', ...PLACES].find((place) => existsSync(place));

export const CHROMIUM: Need = {
  isHere: executablePath !== undefined,
  reason: 'Chromium is not here',
};

/** A headless Chromium that ends with the test, for one that needs it. */
export async function headlessChromium(t: ExecutionContext): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: executablePath!,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  t.teardown(() => browser.close());
  return browser;
}
