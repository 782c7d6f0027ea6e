import { describe, expect, it } from 'vitest';
import { windowPlace, type PlaceOf } from '../../electron/desktop/window-place.ts';

const size = { width: 380, height: 600 };
const workArea = { x: 0, y: 25, width: 1440, height: 875 };

function place(of: Partial<PlaceOf>) {
  return windowPlace({ icon: null, cursor: { x: 0, y: 0 }, workArea, size, ...of });
}

describe('the place of the window', () => {
  it('is below an icon at the top, centred on it', () => {
    expect(place({ icon: { x: 700, y: 0, width: 20, height: 24 } })).toEqual({ x: 520, y: 33, ...size });
  });

  it('is above an icon at the bottom', () => {
    const bottomBar = { x: 0, y: 0, width: 1920, height: 1040 };
    expect(place({ icon: { x: 1700, y: 1050, width: 24, height: 24 }, workArea: bottomBar })).toEqual({
      x: 1522,
      y: 432,
      ...size,
    });
  });

  it('stays on the display of an icon in a corner, also on a display left of the first', () => {
    const left = { x: -1280, y: 0, width: 1280, height: 984 };
    expect(place({ icon: { x: -30, y: 990, width: 24, height: 24 }, workArea: left })).toEqual({
      x: -388,
      y: 376,
      ...size,
    });
  });

  it('is near the pointer where nobody knows of an icon', () => {
    expect(place({ cursor: { x: 1430, y: 880 } })).toEqual({ x: 1052, y: 272, ...size });
  });

  it('is no larger than a small display', () => {
    const small = { x: 0, y: 0, width: 360, height: 480 };
    expect(place({ workArea: small })).toEqual({ x: 0, y: 0, width: 360, height: 480 });
  });
});
