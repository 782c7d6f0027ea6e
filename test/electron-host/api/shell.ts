import { onControl } from '../control/control-channel.ts';

const opened: string[] = [];

/** `electron.shell`: what would be opened is written down, and nothing is. */
export const shell = {
  async openExternal(url: string): Promise<void> {
    opened.push(new URL(url).href);
  },
  async openPath(path: string): Promise<string> {
    opened.push(path);
    return '';
  },
  showItemInFolder(path: string): void {
    opened.push(path);
  },
  beep(): void {
    // Nobody hears it.
  },
};

onControl('shell.opened', () => opened);
