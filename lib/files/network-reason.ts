import { systemReason } from '../errors.js';

/** What `fetch` calls it when nothing comes: of its own library, and of the system. */
const TIMEOUTS = [
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
];

/** Why something cannot be had from a network: `fetch` hides the system's reason one level down. */
export function networkReason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code } = cause as NodeJS.ErrnoException;
  if (code !== undefined && TIMEOUTS.includes(code)) return 'it timed out, for nothing came from the server';
  return systemReason(cause);
}
