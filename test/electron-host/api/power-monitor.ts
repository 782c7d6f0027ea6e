import { EventEmitter } from 'node:events';
import { onControl } from '../control/control-channel.ts';
import { emitPreventable } from './preventable.ts';

/** `electron.powerMonitor`. */
class PowerMonitor extends EventEmitter {
  readonly onBatteryPower = false;

  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
  getSystemIdleTime(): number {
    return 0;
  }
  getSystemIdleState(): 'active' | 'idle' | 'locked' | 'unknown' {
    return locked ? 'locked' : 'active';
  }
}

let locked = false;
export const powerMonitor = new PowerMonitor();

// Answers whether the app held a shutdown up. On Linux the app is not told of its screen (docs/api/power-monitor.md).
onControl('power.emit', (event) => {
  if (event === 'lock-screen' || event === 'unlock-screen') {
    locked = event === 'lock-screen';
    if (process.platform === 'linux') return false;
  }
  return emitPreventable(powerMonitor, event);
});
