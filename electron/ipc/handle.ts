import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import {
  eventChannels,
  requestChannels,
  type EventName,
  type Events,
  type RequestName,
  type Requests,
} from '../contract/bridge.ts';
import type { Log } from '../core/ports.ts';
import { requestSchemas } from './request-schemas.ts';
import { isTrustedSender } from './trusted-sender.ts';

/** One handler for each request; a missing one, or one too many, does not compile. */
export type Handlers = {
  readonly [Name in RequestName]: (
    ...args: Requests[Name]['args']
  ) => Requests[Name]['answer'] | Promise<Requests[Name]['answer']>;
};

export interface HandleOptions {
  readonly handlers: Handlers;
  readonly isOurs: (sender: WebContents) => boolean;
  readonly log: Log;
}

/** All that a window learns of a request that was refused or went wrong: no stack, no path, nothing of what it sent. */
const refusal = 'Token Tray did not take this request.';

/** Answers the windows' requests: who asks is checked first, then what, then it is done. */
export function handleRequests({ handlers, isOurs, log }: HandleOptions): void {
  for (const name of Object.keys(requestChannels) as RequestName[]) {
    ipcMain.handle(requestChannels[name], async (event: IpcMainInvokeEvent, ...args: unknown[]) => {
      if (!isTrustedSender(event, isOurs)) {
        log.warn('window_request_refused', { name, reason: 'sender' });
        throw new Error(refusal);
      }
      return answerTo(name, args, handlers, log);
    });
  }
}

async function answerTo<Name extends RequestName>(
  name: Name,
  args: readonly unknown[],
  handlers: Handlers,
  log: Log,
): Promise<Requests[Name]['answer']> {
  const checked = requestSchemas[name].safeParse(args);
  if (!checked.success) {
    log.warn('window_request_refused', { name, reason: 'arguments' });
    throw new Error(refusal);
  }
  try {
    const handler: (...args: Requests[Name]['args']) => unknown = handlers[name];
    return (await handler(...checked.data)) as Requests[Name]['answer'];
  } catch (error) {
    log.warn('window_request_failed', { name, error: error instanceof Error ? error.name : typeof error });
  }
  throw new Error(refusal);
}

/** Tells a window something. */
export function send<Name extends EventName>(window: WebContents, name: Name, payload: Events[Name]): void {
  window.send(eventChannels[name], payload);
}
