import { contextBridge } from 'electron';

// What a window may ask of the main process, one line a channel. The first window asks nothing.
contextBridge.exposeInMainWorld('tokenTray', {});
