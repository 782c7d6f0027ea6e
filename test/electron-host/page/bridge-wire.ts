type Mark = 'value' | 'function' | 'promise' | 'error' | 'array' | 'object' | 'seen';

/** A value on its way from one world of a page to the other. */
export type Wire = readonly [mark: Mark, first?: unknown, second?: unknown, third?: unknown];

/** Where functions and promises stay; only their numbers cross. */
export interface Proxies {
  keepFunction(call: (...args: unknown[]) => unknown): number;
  announce(promise: Promise<unknown>): number;
  callOther(id: number, args: readonly unknown[]): unknown;
  adopt(id: number): Promise<unknown>;
}

export interface BridgeWire {
  /** Throws Electron's words for what cannot cross. */
  pack(values: readonly unknown[]): Wire[];
  unpack(wires: readonly Wire[]): unknown[];
  /** An own property, whatever `Object.prototype` or `Array.prototype` have become. */
  own(target: object, key: PropertyKey, value: unknown): void;
}

/**
 * What crosses the bridge and how (Electron: shell/renderer/api/electron_api_context_bridge.cc): functions and promises
 * as proxies, arrays and plain objects copied without prototype or symbols, of an error the message alone, all else
 * as a structured clone.
 *
 * Self-contained, as its source runs in the page, before any script of the page: what it uses is taken by then, and
 * neither iterators nor inherited names are relied on, so that a page cannot bend it.
 */
export function bridgeWire(proxies: Proxies): BridgeWire {
  const { apply, defineProperty, ownKeys, getOwnPropertyDescriptor } = Reflect;
  const { isArray } = Array;
  const { test } = RegExp.prototype;
  const toText = Object.prototype.toString;
  const { get, set } = Map.prototype;
  const clone = structuredClone;
  const Failure = Error;
  const DepthFailure = TypeError;
  const Places = Map<unknown, number>;
  const Settled = Promise;
  const maxDepth = 1000;

  interface Packing {
    readonly places: Map<unknown, number>;
    count: number;
    /** Nothing below is a Proxy: the browser has cloned it once. */
    clonable: boolean;
  }

  function own(target: object, key: PropertyKey, value: unknown): void {
    // Without prototype, so that no inherited `get` counts.
    const shape = { __proto__: null, value, enumerable: true, writable: true, configurable: true };
    defineProperty(target, key, shape as PropertyDescriptor);
  }

  function uncloneable(): never {
    throw new Failure('An object could not be cloned.');
  }

  function pack(value: unknown, packing: Packing, depth: number): Wire {
    if (depth >= maxDepth) {
      throw new DepthFailure(
        'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
      );
    }
    if (typeof value === 'symbol') uncloneable();
    if (typeof value === 'function') return ['function', proxies.keepFunction(value as () => unknown)];
    if (typeof value !== 'object' || value === null) return ['value', value];
    const known: unknown = apply(get, packing.places, [value]);
    if (typeof known === 'number') return ['seen', known];
    if (value instanceof Settled) return ['promise', proxies.announce(value)];
    const type: unknown = apply(toText, value, []);
    if (type === '[object Error]') return ['error', (value as Error).message];
    const before = packing.clonable;
    packing.clonable = before || holdsNoProxy(value);
    const wire = isArray(value)
      ? packArray(value, packing, depth)
      : type === '[object Object]'
        ? packObject(value as Record<string, unknown>, packing, depth)
        : packClone(value);
    packing.clonable = before;
    return wire;
  }

  /** A Proxy (a reactive object of Vue's, say) is refused, as Electron does. Only the browser's own clone sees one. */
  function holdsNoProxy(value: object): boolean {
    try {
      clone(value);
      return true;
    } catch (error) {
      const { message } = error as Error;
      if (apply(test, /(#<Object>|\[object Object\]) could not be cloned/, [message])) {
        uncloneable();
      }
      return false;
    }
  }

  function packArray(value: readonly unknown[], packing: Packing, depth: number): Wire {
    const items: Wire[] = [];
    for (let i = 0; i < value.length; i += 1) own(items, i, pack(value[i], packing, depth + 1));
    return ['array', items];
  }

  function packObject(value: Record<string, unknown>, packing: Packing, depth: number): Wire {
    const place = packing.count;
    packing.count += 1;
    apply(set, packing.places, [value, place]);
    const keys: string[] = [];
    const items: Wire[] = [];
    const names = ownKeys(value);
    for (let i = 0; i < names.length; i += 1) {
      const name = names[i];
      if (typeof name !== 'string') continue;
      if (getOwnPropertyDescriptor(value, name)?.enumerable !== true) continue;
      own(items, keys.length, pack(value[name], packing, depth + 1));
      own(keys, keys.length, name);
    }
    return ['object', place, keys, items];
  }

  function packClone(value: object): Wire {
    try {
      return ['value', clone(value)];
    } catch {
      return uncloneable();
    }
  }

  function unpack(wire: Wire, made: unknown[]): unknown {
    const first = wire[1];
    switch (wire[0]) {
      case 'value':
        return first;
      case 'error':
        return new Failure(first as string);
      case 'seen':
        return made[first as number];
      case 'promise':
        return proxies.adopt(first as number);
      case 'function':
        return (...args: unknown[]) => proxies.callOther(first as number, args);
      case 'array':
        return unpackAll(first as Wire[], made);
      case 'object': {
        const object = {};
        own(made, first as number, object);
        const keys = wire[2] as string[];
        const items = unpackAll(wire[3] as Wire[], made);
        for (let i = 0; i < keys.length; i += 1) own(object, keys[i] ?? '', items[i]);
        return object;
      }
    }
  }

  function unpackAll(wires: readonly Wire[], made: unknown[]): unknown[] {
    const values: unknown[] = [];
    for (let i = 0; i < wires.length; i += 1) own(values, i, unpack(wires[i] ?? ['value'], made));
    return values;
  }

  return {
    own,
    pack(values) {
      const packing: Packing = { places: new Places(), count: 0, clonable: false };
      const wires: Wire[] = [];
      for (let i = 0; i < values.length; i += 1) own(wires, i, pack(values[i], packing, 0));
      return wires;
    },
    unpack: (wires) => unpackAll(wires, []),
  };
}
