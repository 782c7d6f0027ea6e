import type { EventEmitter } from 'node:events';

/** Emits an event with a `preventDefault` of its own; whether somebody called it. */
export function emitPreventable(
  emitter: EventEmitter,
  name: string,
  fields: object = {},
  ...args: readonly unknown[]
): boolean {
  const event = {
    ...fields,
    defaultPrevented: false,
    preventDefault(): void {
      event.defaultPrevented = true;
    },
  };
  emitter.emit(name, event, ...args);
  return event.defaultPrevented;
}
