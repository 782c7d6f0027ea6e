import { contextBridge, ipcRenderer } from 'electron';
import {
  eventChannels,
  requestChannels,
  type Bridge,
  type EventName,
  type Events,
  type RequestName,
  type Requests,
} from '../contract/bridge.ts';

type Args<Name extends RequestName> = Requests[Name]['args'];
type Answer<Name extends RequestName> = Requests[Name]['answer'];

function invoke<Name extends RequestName>(name: Name): (...args: Args<Name>) => Promise<Answer<Name>> {
  return (...args) => ipcRenderer.invoke(requestChannels[name], ...args) as Promise<Answer<Name>>;
}

function on<Name extends EventName>(name: Name): (listener: (payload: Events[Name]) => void) => () => void {
  return (listener) => {
    // The page gets the payload alone: an event object would lead it back to ipcRenderer.
    const listen = (_event: unknown, payload: Events[Name]): void => listener(payload);
    ipcRenderer.on(eventChannels[name], listen);
    return () => void ipcRenderer.off(eventChannels[name], listen);
  };
}

// All that a window may ask of the main process.
const bridge: Bridge = {
  getView: invoke('getView'),
  signIn: invoke('signIn'),
  cancelSignIn: invoke('cancelSignIn'),
  signOut: invoke('signOut'),
  copyToken: invoke('copyToken'),
  renewNow: invoke('renewNow'),
  getOneNow: invoke('getOneNow'),
  tryAgain: invoke('tryAgain'),
  pauseTools: invoke('pauseTools'),
  resumeTools: invoke('resumeTools'),
  showAccount: invoke('showAccount'),
  chooseStorage: invoke('chooseStorage'),
  startAtLogin: invoke('startAtLogin'),
  restart: invoke('restart'),
  dismissTrayHint: invoke('dismissTrayHint'),
  formHoldsText: invoke('formHoldsText'),
  hideWindow: invoke('hideWindow'),
  getTools: invoke('getTools'),
  removeTool: invoke('removeTool'),
  connectTool: invoke('connectTool'),
  copySnippet: invoke('copySnippet'),
  tryTool: invoke('tryTool'),
  endConnecting: invoke('endConnecting'),
  chooseDefaultAccount: invoke('chooseDefaultAccount'),
  copyAddress: invoke('copyAddress'),
  getActivity: invoke('getActivity'),
  getSettings: invoke('getSettings'),
  choose: invoke('choose'),
  checkSetup: invoke('checkSetup'),
  copySupportDetails: invoke('copySupportDetails'),
  getLicences: invoke('getLicences'),
  takeNewVersion: invoke('takeNewVersion'),
  onView: on('view'),
  onGoTo: on('goTo'),
  onTrouble: on('trouble'),
};

contextBridge.exposeInMainWorld('tokenTray', bridge);
