/** Something that this machine lacks; the message says what, and how to get it. */
export class Missing extends Error {}
