import { bridgeWire, type Wire } from './bridge-wire.ts';

/** What one world of a page can do in the other. */
export interface WorldBridge {
  /** Binds `api`, copied as Electron copies it and frozen, to a name of the other world's `window`. */
  expose(key: string, api: unknown): void;
}

interface Message {
  readonly kind: 'call' | 'expose' | 'settle';
  readonly id: number | string;
  readonly values: readonly Wire[];
  readonly ok: boolean;
}
interface Reply {
  readonly ok: boolean;
  /** What came back, or the message of what was thrown. */
  readonly value: readonly Wire[] | string;
}

/**
 * One side of the bridge between a page's own world and the preload's. The sides talk by events, synchronously, under
 * names that nobody else knows; the browser itself clones what an event carries from one world to another.
 *
 * Self-contained but for `bridgeWire`, as its source runs in the page, before any script of the page.
 */
export function worldBridge(here: string, there: string): WorldBridge {
  const { apply, construct, defineProperty, ownKeys } = Reflect;
  const { freeze, hasOwn, isFrozen } = Object;
  const { isView } = ArrayBuffer;
  const send = window.dispatchEvent.bind(window);
  const listen = window.addEventListener.bind(window);
  const detailOf = Reflect.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get as () => unknown;
  const Envelope = CustomEvent;
  const Failure = Error;
  const Settled = Promise;
  const { get, set } = Map.prototype;
  const { then } = Promise.prototype;
  const functions = new Map<number, unknown>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const wire = bridgeWire({ keepFunction, announce, callOther, adopt });
  const unanswered: Reply = { ok: false, value: 'The other world of this page is gone.' };
  let lastId = 0;
  let reply = unanswered;

  function keepFunction(call: unknown): number {
    lastId += 1;
    apply(set, functions, [lastId, call]);
    return lastId;
  }

  function announce(promise: Promise<unknown>): number {
    lastId += 1;
    const id = lastId;
    const settle = (ok: boolean) => (value: unknown) => {
      try {
        post('settle', id, wire.pack([value]), ok);
      } catch (error) {
        post('settle', id, wire.pack([error]), false);
      }
    };
    void apply(then, promise, [settle(true), settle(false)]);
    return id;
  }

  function adopt(id: number): Promise<unknown> {
    return new Settled((resolve, reject) => apply(set, promises, [id, { resolve, reject }]));
  }

  function callOther(id: number, args: readonly unknown[]): unknown {
    const { ok, value } = post('call', id, wire.pack(args), true);
    if (!ok || typeof value === 'string') throw new Failure(value as string);
    return wire.unpack(value)[0];
  }

  function post(kind: Message['kind'], id: number | string, values: readonly Wire[], ok: boolean): Reply {
    reply = unanswered;
    dispatch(there, { kind, id, values, ok });
    return reply;
  }

  function dispatch(name: string, detail: Message | Reply): void {
    const settings = { __proto__: null, detail };
    send(construct(Envelope, [name, settings]) as Event);
  }

  function answer(message: Message): Reply {
    try {
      const args = wire.unpack(message.values);
      if (message.kind === 'call') {
        const target = apply(get, functions, [message.id]) as () => unknown;
        return { ok: true, value: wire.pack([apply(target, undefined, args)]) };
      }
      if (message.kind === 'expose') bind(message.id as string, args[0]);
      else settle(message, args[0]);
      return { ok: true, value: wire.pack([undefined]) };
    } catch (error) {
      return { ok: false, value: thrownMessage(error) };
    }
  }

  function bind(key: string, api: unknown): void {
    if (hasOwn(window, key)) {
      throw new Failure('Cannot bind an API on top of an existing property on the window object');
    }
    deepFreeze(api);
    defineProperty(window, key, { value: api, enumerable: true, writable: false, configurable: false });
  }

  function settle({ id, ok }: Message, value: unknown): void {
    const promise = apply(get, promises, [id]) as {
      resolve(value: unknown): void;
      reject(error: unknown): void;
    };
    if (ok) promise.resolve(value);
    else promise.reject(value);
  }

  function thrownMessage(error: unknown): string {
    const message = typeof error === 'object' && error !== null && 'message' in error && error.message;
    if (typeof message === 'string') return message;
    return 'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.';
  }

  function deepFreeze(value: unknown): void {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
    if (isFrozen(value) || isView(value)) return;
    freeze(value);
    const keys = ownKeys(value);
    for (let i = 0; i < keys.length; i += 1) {
      deepFreeze((value as Record<PropertyKey, unknown>)[keys[i] ?? '']);
    }
  }

  listen(`${here}:reply`, (event) => (reply = apply(detailOf, event, []) as Reply));
  listen(here, (event) => dispatch(`${there}:reply`, answer(apply(detailOf, event, []) as Message)));

  return {
    expose(key, api) {
      const { ok, value } = post('expose', key, wire.pack([api]), true);
      if (!ok) throw new Failure(value as string);
    },
  };
}
