/** A value as it travels between the window's process and the main process. */
export interface WireValues {
  /** Writes what the structured clone algorithm takes; throws Electron's words where it does not. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * The structured clone of a value as text, which the DevTools protocol can carry. Self-contained: its source also
 * runs in the page.
 */
export function wireValues(): WireValues {
  type Node = readonly [kind: string, ...unknown[]];
  const views = {
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
  };
  const wideViews = { Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView };
  const viewKinds: Readonly<Record<string, new (buffer: ArrayBuffer) => unknown>> = {
    ...views,
    ...wideViews,
  };

  function encode(value: unknown): string {
    let cloned: unknown;
    try {
      cloned = structuredClone(value);
    } catch {
      throw new Error('An object could not be cloned.');
    }
    const nodes: Node[] = [];
    const places = new Map<object, number>();
    const root = reference(cloned);
    return JSON.stringify([root, nodes]);

    function reference(value: unknown): unknown {
      if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
      if (typeof value === 'number') {
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { number: Object.is(value, -0) ? '-0' : String(value) };
      }
      if (typeof value === 'bigint') return { bigint: String(value) };
      if (typeof value !== 'object') return { undefined: true };
      const known = places.get(value);
      if (known !== undefined) return { at: known };
      const place = nodes.push(['Object']) - 1;
      places.set(value, place);
      nodes[place] = node(value);
      return { at: place };
    }

    function node(value: object): Node {
      if (value instanceof Date) return ['Date', reference(value.getTime())];
      if (value instanceof RegExp) return ['RegExp', value.source, value.flags];
      if (value instanceof Error) return ['Error', value.name, value.message, value.stack];
      if (value instanceof Map) {
        return ['Map', [...value].map(([key, item]) => [reference(key), reference(item)])];
      }
      if (value instanceof Set) return ['Set', [...value].map(reference)];
      if (value instanceof ArrayBuffer) return ['ArrayBuffer', binary(new Uint8Array(value))];
      if (ArrayBuffer.isView(value)) {
        const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
        return ['View', value.constructor.name, binary(bytes)];
      }
      if (value instanceof Boolean || value instanceof Number || value instanceof String) {
        return ['Boxed', reference(value.valueOf())];
      }
      const entries = Object.entries(value).map(([key, item]) => [key, reference(item)]);
      if (Array.isArray(value)) return ['Array', value.length, entries];
      // A Blob, a file handle or another thing of the page alone, which the main process could not decode.
      if (Object.getPrototypeOf(value) !== Object.prototype) {
        throw new Error('An object could not be cloned.');
      }
      return ['Object', entries];
    }
  }

  function binary(bytes: Uint8Array): string {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return text;
  }

  function decode(text: string): unknown {
    const [root, nodes] = JSON.parse(text) as [unknown, Node[]];
    const made = new Map<number, unknown>();
    return value(root);

    function value(reference: unknown): unknown {
      if (reference === null || typeof reference !== 'object') return reference;
      const sign = reference as { at?: number; number?: string; bigint?: string };
      if (sign.number !== undefined) return Number(sign.number);
      if (sign.bigint !== undefined) return BigInt(sign.bigint);
      if (sign.at === undefined) return undefined;
      if (!made.has(sign.at)) fill(sign.at, nodes[sign.at] ?? ['Object', []]);
      return made.get(sign.at);
    }

    function keep<T>(place: number, object: T): T {
      made.set(place, object);
      return object;
    }

    function fill(place: number, [kind, ...parts]: Node): void {
      if (kind === 'Date') keep(place, new Date(value(parts[0]) as number));
      else if (kind === 'RegExp') keep(place, new RegExp(parts[0] as string, parts[1] as string));
      else if (kind === 'Error') keep(place, error(...(parts as [string, string, string?])));
      else if (kind === 'ArrayBuffer') keep(place, bytes(parts[0] as string).buffer);
      else if (kind === 'Boxed') keep(place, Object(value(parts[0])));
      else if (kind === 'View') {
        const View = viewKinds[parts[0] as string];
        if (View !== undefined) keep(place, new View(bytes(parts[1] as string).buffer));
      } else if (kind === 'Map') {
        const map = keep(place, new Map<unknown, unknown>());
        for (const [key, item] of parts[0] as [unknown, unknown][]) map.set(value(key), value(item));
      } else if (kind === 'Set') {
        const set = keep(place, new Set());
        for (const item of parts[0] as unknown[]) set.add(value(item));
      } else if (kind === 'Array') {
        const array = keep(place, new Array<unknown>(parts[0] as number));
        define(array, parts[1] as [string, unknown][]);
      } else {
        define(keep(place, {}), parts[0] as [string, unknown][]);
      }
    }

    /** `defineProperty`, as an own `__proto__` must not become a prototype. */
    function define(target: object, entries: readonly [string, unknown][]): void {
      for (const [key, item] of entries) {
        const descriptor = { value: value(item), enumerable: true, writable: true, configurable: true };
        Object.defineProperty(target, key, descriptor);
      }
    }
  }

  function bytes(text: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  }

  function error(name: string, message: string, stack?: string): Error {
    const made = new Error(message);
    const fields = { name, ...(stack !== undefined && { stack }) };
    for (const [key, text] of Object.entries(fields)) {
      Object.defineProperty(made, key, {
        value: text,
        enumerable: false,
        writable: true,
        configurable: true,
      });
    }
    return made;
  }

  return { encode, decode };
}
