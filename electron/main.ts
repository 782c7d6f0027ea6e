import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { homeFolder } from './contract/home.ts';

const home = homeFolder({ platform: process.platform, env: process.env, homedir: homedir() });

// Both for ever: the operating system's key for this app hangs on its name, and on Windows on this folder.
app.setName('Token Tray');
app.setPath('userData', join(home, 'electron'));

// `ready` waits until this module has finished, so nothing here may wait for it.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 380,
    height: 600,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  void window.loadFile(join(import.meta.dirname, '../renderer/index.html'));
});

app.on('window-all-closed', () => app.quit());
