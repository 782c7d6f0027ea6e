import { EventEmitter } from 'node:events';
import type { Display, Point, Rectangle } from 'electron';
import { onControl } from '../control/control-channel.ts';
import { needsReady } from './readiness.ts';
import { isWayland } from './window-system.ts';

type KnownDisplay = Pick<
  Display,
  'id' | 'label' | 'bounds' | 'workArea' | 'workAreaSize' | 'size' | 'scaleFactor' | 'rotation' | 'internal'
>;

const tooEarly = "The 'screen' module can't be used before the app 'ready' event";
let cursor: Point = { x: 1800, y: 10 };

function display(id: number, bounds: Rectangle): KnownDisplay {
  const panel = 28;
  const { width, height } = bounds;
  const workArea = { ...bounds, y: bounds.y + panel, height: height - panel };
  return {
    id,
    label: `Display ${id}`,
    bounds,
    workArea,
    workAreaSize: { width, height: height - panel },
    size: { width, height },
    scaleFactor: 1,
    rotation: 0,
    internal: id === 1,
  };
}

/** `electron.screen`: one display of 1920 × 1080, with a panel at its top. */
class Screen extends EventEmitter {
  readonly displays = { primary: display(1, { x: 0, y: 0, width: 1920, height: 1080 }) };

  getPrimaryDisplay(): KnownDisplay {
    needsReady(tooEarly);
    return this.displays.primary;
  }
  getAllDisplays(): KnownDisplay[] {
    needsReady(tooEarly);
    return [this.displays.primary];
  }
  getDisplayNearestPoint(): KnownDisplay {
    return this.getPrimaryDisplay();
  }
  getDisplayMatching(): KnownDisplay {
    return this.getPrimaryDisplay();
  }
  getCursorScreenPoint(): Point {
    needsReady(tooEarly);
    // Electron: docs/api/screen.md.
    return isWayland ? { x: 0, y: 0 } : { ...cursor };
  }
}

export const screen = new Screen();
onControl('screen.cursor', (position) => {
  cursor = { ...position };
});
