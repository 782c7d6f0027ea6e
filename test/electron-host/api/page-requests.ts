import type { EventEmitter } from 'node:events';
import type { HeldRequest } from '../browser/held-request.ts';
import { emitPreventable } from './preventable.ts';
import type { Session } from './session.ts';
import type { WebFrameMain } from './web-frame-main.ts';

export interface Navigation {
  readonly isMainFrame: boolean;
  /** A script, a link or a form of the page wants it; what the app or a test loads is not asked about. */
  readonly byPage: boolean;
  readonly frame: WebFrameMain | null;
}

/** Asks the app's guards of `webContents` about a navigation; whether one of them cancelled it. */
export function navigationCancelled(
  contents: EventEmitter,
  url: string,
  { isMainFrame, byPage, frame }: Navigation,
  isRedirect: boolean,
): boolean {
  const details = { url, isSameDocument: false, isMainFrame, frame, initiator: frame };
  const ask = (name: string) => emitPreventable(contents, name, details, url, false, isMainFrame, 1, 1);
  if (isRedirect) return ask('will-redirect');
  if (!byPage) return false;
  return ask('will-frame-navigate') || (isMainFrame && ask('will-navigate'));
}

/** Answers a page's request from the app's own handlers; everything else comes to nothing. */
export async function answerRequest(held: HeldRequest, session: Session, contentsId: number): Promise<void> {
  const details = {
    id: 0,
    url: held.url,
    method: held.method,
    webContentsId: contentsId,
    resourceType: resourceType(held),
    referrer: '',
    timestamp: Date.now(),
    uploadData: [],
  };
  const before = await session.webRequest.beforeRequest.ask(details);
  if (before.cancel === true) return held.abort('BlockedByClient');
  if (before.redirectURL !== undefined) {
    return held.fulfil(307, [['location', before.redirectURL]], Buffer.alloc(0));
  }
  let response: Response | null;
  try {
    response = await session.protocol.answer(held.asRequest());
  } catch (error) {
    console.error(error);
    return held.abort('Failed');
  }
  // Left for somewhere else: Electron would load it now. What was not prevented is to be seen.
  if (response === null && held.isDocument)
    return held.fulfil(200, [['content-type', 'text/html']], elsewhere);
  if (response === null) return held.abort('NameNotResolved');
  if (response.type === 'error') return held.abort('Failed');

  const responseHeaders: Record<string, string[]> = {};
  for (const [name, value] of response.headers) (responseHeaders[name] ??= []).push(value);
  const received = await session.webRequest.headersReceived.ask({
    ...details,
    statusCode: response.status,
    statusLine: `HTTP/1.1 ${response.status} ${response.statusText}`,
    responseHeaders,
  });
  if (received.cancel === true) return held.abort('BlockedByClient');
  const headers = Object.entries(received.responseHeaders ?? responseHeaders).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value] as const),
  );
  await held.fulfil(response.status, headers, Buffer.from(await response.arrayBuffer()));
}

const elsewhere = Buffer.from('<!doctype html><title>Elsewhere</title><p>This page has left the app.');

function resourceType(
  held: HeldRequest,
): 'mainFrame' | 'script' | 'stylesheet' | 'image' | 'font' | 'xhr' | 'other' {
  switch (held.resourceType) {
    case 'Document':
      return 'mainFrame';
    case 'Script':
      return 'script';
    case 'Stylesheet':
      return 'stylesheet';
    case 'Image':
      return 'image';
    case 'Font':
      return 'font';
    case 'XHR':
    case 'Fetch':
      return 'xhr';
    default:
      return 'other';
  }
}
