import { PAGE_TABLES } from './tables.js';

const PLACE = /(<!-- table: ([a-z-]+) -->\n)[\s\S]*?(<!-- end of table -->)/g;

/** The text of a page with every table that it names made anew from `results`. @throws Error for a name that no table has. */
export function withTables(text: string): string {
  return text.replace(PLACE, (_, begin: string, name: string, end: string) => {
    const make = PAGE_TABLES[name];
    if (make === undefined)
      throw new Error(`there is no table ${name}, only ${Object.keys(PAGE_TABLES).join(', ')}`);
    return `${begin}\n${make()}\n\n${end}`;
  });
}

/** Names of the tables of a page. */
export function tablesOn(text: string): readonly string[] {
  return [...text.matchAll(PLACE)].map(([, , name]) => name!);
}
