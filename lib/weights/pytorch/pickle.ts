import { CascadeError } from '../../errors.js';
import { damaged } from '../damaged.js';
import type { ByteCursor } from './byte-cursor.js';
import { OPCODE } from './pickle-opcodes.js';
import { binaryInteger, quotedText, rawUnicodeText, textFloat, textInteger } from './pickle-text.js';
import { PickleGlobal, PickleObject, type PickleValue } from './pickle-value.js';

/** What a pickle may mean. Everything else that it asks for is kept as an inert `PickleObject`. */
export interface PickleDialect {
  /** The value of a function or class applied to arguments; undefined if it is not known. */
  apply(path: string, values: readonly PickleValue[]): PickleValue | undefined;
  /** The value that a persistent identifier stands for. */
  resolve(identifier: PickleValue): PickleValue;
}

const NEWEST_PROTOCOL = 5;

/** Most containers and objects, and most values kept to be met again: a byte each could ask for hundreds of bytes of memory. */
const MOST_OBJECTS = 2_000_000;

/** Characters of a module or class that are kept: its name is compared and shown again and again. */
const LONGEST_NAME = 200;

const ADVICE = 'export a plain state_dict with torch.save(model.state_dict(), …), or safetensors';

/**
 * Reads one pickle (protocols 0 to 5) as data: its opcodes build dictionaries, lists, tuples, sets, numbers and strings; a class
 * or function is only ever a name. Nothing is executed or looked up: what the dialect does not know becomes a `PickleObject`.
 *
 * @param cursor where the pickle begins; afterwards it stands behind it.
 * @throws CascadeError if an opcode is not known, the data is cut off, or holds more objects than cascade reads.
 */
export function parsePickle(cursor: ByteCursor, dialect: PickleDialect): PickleValue {
  return new PickleMachine(cursor, dialect).run();
}

const MARK = Symbol('mark');

class PickleMachine {
  readonly #stack: (PickleValue | typeof MARK)[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #objects = 0;

  constructor(
    readonly cursor: ByteCursor,
    readonly dialect: PickleDialect,
  ) {}

  run(): PickleValue {
    for (;;) {
      const opcode = this.cursor.unsigned(1);
      if (opcode === OPCODE.STOP) return this.#pop();
      this.#execute(opcode);
    }
  }

  #execute(opcode: number): unknown {
    const { cursor } = this;
    switch (opcode) {
      case OPCODE.PROTO:
        return this.#checkProtocol(cursor.unsigned(1));
      case OPCODE.FRAME:
        return cursor.take(8);
      case OPCODE.MARK:
        return this.#stack.push(MARK);
      case OPCODE.POP:
        // Python takes a mark away with it, too.
        return this.#stack.at(-1) === MARK ? this.#stack.pop() : this.#pop();
      case OPCODE.POP_MARK:
        return this.#popToMark();
      case OPCODE.DUP:
        return this.#push(this.#top());
      case OPCODE.NONE:
        return this.#push(null);
      case OPCODE.NEWTRUE:
        return this.#push(true);
      case OPCODE.NEWFALSE:
        return this.#push(false);
      case OPCODE.INT:
        return this.#push(this.#textInteger(cursor.line()));
      case OPCODE.BININT:
        return this.#push(cursor.take(4).readInt32LE());
      case OPCODE.BININT1:
        return this.#push(cursor.unsigned(1));
      case OPCODE.BININT2:
        return this.#push(cursor.unsigned(2));
      case OPCODE.LONG:
        return this.#push(textInteger(cursor.line()) ?? longInteger());
      case OPCODE.LONG1:
        return this.#push(binaryInteger(cursor.take(cursor.unsigned(1))));
      case OPCODE.LONG4:
        return this.#push(binaryInteger(cursor.take(cursor.unsigned(4))) ?? longInteger());
      case OPCODE.FLOAT:
        return this.#push(textFloat(cursor.line()));
      case OPCODE.BINFLOAT:
        return this.#push(cursor.take(8).readDoubleBE());
      case OPCODE.UNICODE:
        return this.#push(rawUnicodeText(cursor.line('latin1')));
      case OPCODE.STRING:
        return this.#push(quotedText(cursor.line('latin1')));
      case OPCODE.SHORT_BINUNICODE:
      case OPCODE.SHORT_BINSTRING:
        return this.#push(cursor.take(cursor.unsigned(1)).toString());
      case OPCODE.BINUNICODE:
      case OPCODE.BINSTRING:
        return this.#push(cursor.take(cursor.unsigned(4)).toString());
      case OPCODE.BINUNICODE8:
        return this.#push(cursor.take(cursor.length()).toString());
      case OPCODE.SHORT_BINBYTES:
        return this.#push(cursor.take(cursor.unsigned(1)));
      case OPCODE.BINBYTES:
        return this.#push(cursor.take(cursor.unsigned(4)));
      case OPCODE.BINBYTES8:
      case OPCODE.BYTEARRAY8:
        return this.#push(cursor.take(cursor.length()));
      case OPCODE.NEXT_BUFFER:
        return this.#push(new PickleObject('pickle.PickleBuffer'));
      case OPCODE.READONLY_BUFFER:
        return this.#top();
      case OPCODE.EMPTY_DICT:
        return this.#push(new Map());
      case OPCODE.EMPTY_LIST:
      case OPCODE.EMPTY_TUPLE:
        return this.#push([]);
      case OPCODE.EMPTY_SET:
        return this.#push(new Set());
      case OPCODE.DICT:
        return this.#push(this.#withItems(new Map(), this.#popToMark()));
      case OPCODE.LIST:
      case OPCODE.TUPLE:
        return this.#push(this.#popToMark());
      case OPCODE.TUPLE1:
        return this.#push(this.#popMany(1));
      case OPCODE.TUPLE2:
        return this.#push(this.#popMany(2));
      case OPCODE.TUPLE3:
        return this.#push(this.#popMany(3));
      case OPCODE.FROZENSET:
        return this.#push(new Set(this.#popToMark()));
      case OPCODE.APPEND:
        return this.#append(this.#popMany(1));
      case OPCODE.APPENDS:
        return this.#append(this.#popToMark());
      case OPCODE.ADDITEMS:
        return this.#addItems(this.#popToMark());
      case OPCODE.SETITEM:
        return this.#withItems(this.#top(2), this.#popMany(2));
      case OPCODE.SETITEMS: {
        const items = this.#popToMark();
        return this.#withItems(this.#top(), items);
      }
      case OPCODE.PUT:
        return this.#remember(this.#index(cursor.line()));
      case OPCODE.BINPUT:
        return this.#remember(cursor.unsigned(1));
      case OPCODE.LONG_BINPUT:
        return this.#remember(cursor.unsigned(4));
      case OPCODE.MEMOIZE:
        return this.#remember(this.#memo.size);
      case OPCODE.GET:
        return this.#push(this.#memo.get(this.#index(cursor.line())));
      case OPCODE.BINGET:
        return this.#push(this.#memo.get(cursor.unsigned(1)));
      case OPCODE.LONG_BINGET:
        return this.#push(this.#memo.get(cursor.unsigned(4)));
      case OPCODE.GLOBAL:
        return this.#push(this.#global(cursor.line(), cursor.line()));
      case OPCODE.STACK_GLOBAL: {
        const [module, name] = this.#popMany(2);
        return this.#push(this.#global(module, name));
      }
      case OPCODE.EXT1:
      case OPCODE.EXT2:
      case OPCODE.EXT4:
        return this.#push(new PickleGlobal(`copyreg extension ${cursor.unsigned(extensionBytes(opcode))}`));
      case OPCODE.REDUCE: {
        const [callable, values] = this.#popMany(2);
        return this.#push(this.#made(callable, values));
      }
      case OPCODE.INST: {
        const callable = this.#global(cursor.line(), cursor.line());
        return this.#push(this.#made(callable, this.#popToMark()));
      }
      case OPCODE.OBJ: {
        const [callable, ...values] = this.#popToMark();
        return this.#push(this.#made(callable, values));
      }
      case OPCODE.NEWOBJ: {
        const [callable, values] = this.#popMany(2);
        return this.#push(this.#made(callable, values));
      }
      case OPCODE.NEWOBJ_EX: {
        const [callable, values] = this.#popMany(3);
        return this.#push(this.#made(callable, values));
      }
      case OPCODE.BUILD:
        return this.#build(this.#pop());
      case OPCODE.PERSID:
        return this.#push(this.dialect.resolve(cursor.line()));
      case OPCODE.BINPERSID:
        return this.#push(this.dialect.resolve(this.#pop()));
      default:
        throw new CascadeError(
          `${cursor.file} uses the pickle opcode 0x${opcode.toString(16).padStart(2, '0')} at byte ${cursor.position - 1}, which Python does not know; ${ADVICE}.`,
        );
    }
  }

  #checkProtocol(protocol: number): void {
    if (protocol <= NEWEST_PROTOCOL) return;
    throw new CascadeError(
      `${this.cursor.file} is a pickle of protocol ${protocol}, and cascade reads up to ${NEWEST_PROTOCOL}; ${ADVICE}.`,
    );
  }

  /** Protocol 0 writes booleans as integers of two digits. */
  #textInteger(line: string): PickleValue {
    if (line === '00') return false;
    if (line === '01') return true;
    return textInteger(line) ?? longInteger();
  }

  #index(line: string): number {
    const index = Number(line);
    if (line === '' || !Number.isSafeInteger(index) || index < 0) throw damaged(this.cursor.file);
    return index;
  }

  #global(module: PickleValue | undefined, name: PickleValue | undefined): PickleGlobal {
    if (typeof module !== 'string' || typeof name !== 'string') throw damaged(this.cursor.file);
    return new PickleGlobal(`${module.slice(0, LONGEST_NAME)}.${name.slice(0, LONGEST_NAME)}`);
  }

  #made(callable: PickleValue | undefined, values: PickleValue | undefined): PickleValue {
    // What an unknown function returns may be called, too: it stays as unknown as that.
    const isCallable = callable instanceof PickleGlobal || callable instanceof PickleObject;
    if (!isCallable || !Array.isArray(values)) throw damaged(this.cursor.file);
    // Few bytes can ask again and again for a copy of a long list.
    if (Array.isArray(values[0])) this.#count(values[0].length);
    const { path } = callable;
    const known = callable instanceof PickleGlobal ? this.dialect.apply(path, values) : undefined;
    return known ?? new PickleObject(path, values);
  }

  /** Attributes set on anything that is known, such as a state dictionary's `_metadata`, are no part of its content. */
  #build(state: PickleValue): void {
    const value = this.#top();
    if (value instanceof PickleObject) value.state = state;
  }

  #append(items: PickleValue[]): void {
    const list = this.#top();
    if (list instanceof PickleObject) return;
    if (!Array.isArray(list)) throw damaged(this.cursor.file);
    for (const item of items) list.push(item);
  }

  #addItems(items: PickleValue[]): void {
    const set = this.#top();
    if (set instanceof PickleObject) return;
    if (!(set instanceof Set)) throw damaged(this.cursor.file);
    for (const item of items) set.add(item);
  }

  #withItems(target: PickleValue, items: PickleValue[]): PickleValue {
    if (target instanceof PickleObject) target.entries ??= new Map();
    const dictionary = target instanceof PickleObject ? target.entries : target;
    if (!(dictionary instanceof Map) || items.length % 2 !== 0) throw damaged(this.cursor.file);
    for (let index = 0; index < items.length; index += 2) dictionary.set(items[index], items[index + 1]);
    return target;
  }

  #remember(index: number): void {
    this.#memo.set(index, this.#top());
    if (this.#memo.size > MOST_OBJECTS) throw this.#tooMany();
  }

  #push(value: PickleValue | undefined): void {
    if (value === undefined) throw damaged(this.cursor.file);
    if (typeof value === 'object' && value !== null) this.#count(1);
    this.#stack.push(value);
  }

  #count(objects: number): void {
    this.#objects += objects;
    if (this.#objects > MOST_OBJECTS) throw this.#tooMany();
  }

  #tooMany(): CascadeError {
    return new CascadeError(
      `${this.cursor.file} holds more than ${MOST_OBJECTS} objects, the most that cascade reads of a pickle; ${ADVICE}.`,
    );
  }

  /** The value `depth` from the end of the stack, the last one by default. */
  #top(depth = 0): PickleValue {
    const value = this.#stack.at(-1 - depth);
    if (value === undefined || value === MARK) throw damaged(this.cursor.file);
    return value as PickleValue;
  }

  #pop(): PickleValue {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }

  #popMany(count: number): PickleValue[] {
    const values = new Array<PickleValue>(count);
    for (let index = count - 1; index >= 0; index--) values[index] = this.#pop();
    return values;
  }

  #popToMark(): PickleValue[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw damaged(this.cursor.file);
    return this.#stack.splice(mark).slice(1) as PickleValue[];
  }
}

/** An integer of more digits than are worth reading. */
function longInteger(): PickleObject {
  return new PickleObject('builtins.int');
}

function extensionBytes(opcode: number): number {
  return opcode === OPCODE.EXT1 ? 1 : opcode === OPCODE.EXT2 ? 2 : 4;
}
