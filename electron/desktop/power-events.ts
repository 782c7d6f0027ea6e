import type { PowerMonitor } from 'electron';

/** What the documentation says that the listener gets; Electron's types leave it out. */
interface ShutdownEvent {
  preventDefault(): void;
}

export interface PowerEvents {
  /** The computer falls asleep: begin nothing more. */
  readonly suspended: () => void;
  readonly resumed: () => void;
  /** macOS and Windows only; Linux has no event for it. */
  readonly screenLocked: () => void;
  readonly screenUnlocked: () => void;
  /** The computer shuts down (Linux and macOS; for Windows see session-end.ts): save and end at once. */
  readonly shuttingDown: () => void;
}

/** Passes the system's power events on. `monitor`: Electron's, after `ready`. */
export function watchPower(monitor: PowerMonitor, platform: NodeJS.Platform, events: PowerEvents): void {
  monitor.on('suspend', events.suspended);
  monitor.on('resume', events.resumed);
  if (platform !== 'linux') {
    monitor.on('lock-screen', events.screenLocked);
    monitor.on('unlock-screen', events.screenUnlocked);
  }
  if (platform !== 'win32') {
    monitor.on('shutdown', (event?: ShutdownEvent) => {
      // Else the system goes on at once, and nothing is saved any more.
      event?.preventDefault();
      events.shuttingDown();
    });
  }
}
