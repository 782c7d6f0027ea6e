import type { IpcMainInvokeEvent } from 'electron';
import { appOrigin } from '../contract/app-origin.ts';

/**
 * Whether a message comes from a page of ours: the main frame of a window that we made, still there, at our own
 * origin (Electron, "Security", 17). `isOurs`: whether a webContents is one of our windows'.
 */
export function isTrustedSender(
  event: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>,
  isOurs: (sender: IpcMainInvokeEvent['sender']) => boolean,
): boolean {
  const { senderFrame, sender } = event;
  // A frame that navigated or went away since it spoke is null.
  if (senderFrame?.parent !== null) return false;
  return isOurs(sender) && senderFrame.origin === appOrigin;
}
