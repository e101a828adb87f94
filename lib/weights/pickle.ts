import { CascadeError } from '../errors.js';
import type { ByteCursor } from './byte-cursor.js';
import { damaged } from './damaged.js';
import { OPCODE } from './pickle-opcodes.js';

/** A class or function that a pickle names. It is never looked up, let alone called. */
export class PickleGlobal {
  constructor(readonly path: string) {}
}

/** Lists and tuples are arrays, dictionaries maps, bytes buffers; other objects are those that the dialect makes. */
export type PickleValue = null | boolean | number | bigint | string | object;

/** What a pickle may mean. Everything else that it asks for is refused by name. */
export interface PickleDialect {
  /** Whether a class or function may be named. */
  knows(path: string): boolean;
  /** The value of a known function applied to arguments. */
  apply(path: string, values: readonly PickleValue[]): PickleValue;
  /** The value that a persistent identifier stands for. */
  resolve(identifier: PickleValue): PickleValue;
}

const NEWEST_PROTOCOL = 5;
const ADVICE = 'export a plain state_dict with torch.save(model.state_dict(), …), or safetensors';

/**
 * Reads one pickle (protocols 2 to 5) as data: its opcodes build dictionaries, lists, tuples, numbers and strings; a class is only
 * ever a name that the dialect must know. Nothing is executed.
 *
 * @param cursor where the pickle begins; afterwards it stands behind it.
 * @throws CascadeError if an opcode or a class is not known, or the data is cut off.
 */
export function parsePickle(cursor: ByteCursor, dialect: PickleDialect): PickleValue {
  return new PickleMachine(cursor, dialect).run();
}

const MARK = Symbol('mark');

class PickleMachine {
  readonly #stack: (PickleValue | typeof MARK)[] = [];
  readonly #memo = new Map<number, PickleValue>();

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
        return this.#pop();
      case OPCODE.NONE:
        return this.#push(null);
      case OPCODE.NEWTRUE:
        return this.#push(true);
      case OPCODE.NEWFALSE:
        return this.#push(false);
      case OPCODE.BININT:
        return this.#push(cursor.take(4).readInt32LE());
      case OPCODE.BININT1:
        return this.#push(cursor.unsigned(1));
      case OPCODE.BININT2:
        return this.#push(cursor.unsigned(2));
      case OPCODE.LONG1:
        return this.#push(signedInteger(cursor.take(cursor.unsigned(1))));
      case OPCODE.BINFLOAT:
        return this.#push(cursor.take(8).readDoubleBE());
      case OPCODE.SHORT_BINUNICODE:
      case OPCODE.SHORT_BINSTRING:
        return this.#push(cursor.take(cursor.unsigned(1)).toString());
      case OPCODE.BINUNICODE:
      case OPCODE.BINSTRING:
        return this.#push(cursor.take(cursor.unsigned(4)).toString());
      case OPCODE.SHORT_BINBYTES:
        return this.#push(cursor.take(cursor.unsigned(1)));
      case OPCODE.BINBYTES:
        return this.#push(cursor.take(cursor.unsigned(4)));
      case OPCODE.EMPTY_DICT:
        return this.#push(new Map());
      case OPCODE.EMPTY_LIST:
      case OPCODE.EMPTY_TUPLE:
        return this.#push([]);
      case OPCODE.TUPLE:
        return this.#push(this.#popToMark());
      case OPCODE.TUPLE1:
        return this.#push(this.#popMany(1));
      case OPCODE.TUPLE2:
        return this.#push(this.#popMany(2));
      case OPCODE.TUPLE3:
        return this.#push(this.#popMany(3));
      case OPCODE.APPEND:
        return this.#append(this.#popMany(1));
      case OPCODE.APPENDS:
        return this.#append(this.#popToMark());
      case OPCODE.SETITEM:
        return this.#setItems(this.#popMany(2));
      case OPCODE.SETITEMS:
        return this.#setItems(this.#popToMark());
      case OPCODE.BINPUT:
        return this.#memo.set(cursor.unsigned(1), this.#top());
      case OPCODE.LONG_BINPUT:
        return this.#memo.set(cursor.unsigned(4), this.#top());
      case OPCODE.MEMOIZE:
        return this.#memo.set(this.#memo.size, this.#top());
      case OPCODE.BINGET:
        return this.#push(this.#memo.get(cursor.unsigned(1)));
      case OPCODE.LONG_BINGET:
        return this.#push(this.#memo.get(cursor.unsigned(4)));
      case OPCODE.GLOBAL:
        return this.#push(this.#global(`${cursor.line()}.${cursor.line()}`));
      case OPCODE.STACK_GLOBAL:
        return this.#push(this.#global(this.#popMany(2).map(String).join('.')));
      case OPCODE.REDUCE:
        return this.#push(this.#reduce(this.#popMany(2)));
      case OPCODE.BUILD:
        return this.#ignoreAttributes();
      case OPCODE.BINPERSID:
        return this.#push(this.dialect.resolve(this.#pop()));
      default:
        throw new CascadeError(
          `${cursor.file} uses the pickle opcode 0x${opcode.toString(16).padStart(2, '0')} at byte ${cursor.position - 1}, which files of tensors do not need; ${ADVICE}.`,
        );
    }
  }

  #checkProtocol(protocol: number): void {
    if (protocol <= NEWEST_PROTOCOL) return;
    throw new CascadeError(
      `${this.cursor.file} is a pickle of protocol ${protocol}, and cascade reads up to ${NEWEST_PROTOCOL}; ${ADVICE}.`,
    );
  }

  #global(path: string): PickleGlobal {
    if (this.dialect.knows(path)) return new PickleGlobal(path);
    throw new CascadeError(
      `${this.cursor.file} refers to the class ${path}, which cascade does not load; ${ADVICE}.`,
    );
  }

  #reduce([callable, values]: PickleValue[]): PickleValue {
    if (!(callable instanceof PickleGlobal) || !Array.isArray(values)) throw damaged(this.cursor.file);
    return this.dialect.apply(callable.path, values);
  }

  /** Attributes set on a state dictionary, such as its `_metadata`, are no part of its content. */
  #ignoreAttributes(): void {
    this.#pop();
    if (!(this.#top() instanceof Map)) throw damaged(this.cursor.file);
  }

  #append(items: PickleValue[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw damaged(this.cursor.file);
    for (const item of items) list.push(item);
  }

  #setItems(items: PickleValue[]): void {
    const dictionary = this.#top();
    if (!(dictionary instanceof Map) || items.length % 2 !== 0) throw damaged(this.cursor.file);
    for (let index = 0; index < items.length; index += 2) dictionary.set(items[index], items[index + 1]);
  }

  #push(value: PickleValue | undefined): void {
    if (value === undefined) throw damaged(this.cursor.file);
    this.#stack.push(value);
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw damaged(this.cursor.file);
    return value as PickleValue;
  }

  #pop(): PickleValue {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }

  #popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.#pop()).reverse();
  }

  #popToMark(): PickleValue[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw damaged(this.cursor.file);
    return this.#stack.splice(mark).slice(1) as PickleValue[];
  }
}

/** A little-endian two's complement; a bigint only where a number would not be exact. */
function signedInteger(bytes: Buffer): number | bigint {
  const bits = bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const value = BigInt.asIntN(8 * bytes.length, bits);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
