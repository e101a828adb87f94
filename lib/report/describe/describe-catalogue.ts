import type { CatalogueEntry } from '../../data/download/catalogue.js';
import { renderTable } from '../table.js';

/** A row of `fetch --json`. */
export function catalogueRow({ name, kind, title, size, license, path }: CatalogueEntry) {
  return { name, kind, title, size_bytes: size, license, path };
}

/** What can be downloaded, and where it is already, in a table. */
export function describeCatalogue(entries: readonly CatalogueEntry[]): string {
  return renderTable(
    ['name', 'what', 'size', 'licence', 'here'],
    entries.map(({ name, title, size, license, path }) => [
      name,
      title,
      size === null ? null : `${(size / 1e6).toFixed(1)} MB`,
      license,
      path,
    ]),
    5,
  );
}
