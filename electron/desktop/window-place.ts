import type { Point, Rectangle } from 'electron';

export interface PlaceOf {
  /** Where the tray's icon is; null: nobody knows. */
  readonly icon: Rectangle | null;
  readonly cursor: Point;
  /** The part of the nearest display that no task bar covers. */
  readonly workArea: Rectangle;
  readonly size: { readonly width: number; readonly height: number };
}

/** The room between the window and the icon or the edge, in pixels. */
const gap = 8;

/** Where the window goes: centred on the icon, on its side that has room, whole on the display. */
export function windowPlace({ icon, cursor, workArea, size }: PlaceOf): Rectangle {
  const width = Math.min(size.width, workArea.width);
  const height = Math.min(size.height, workArea.height);
  const from = icon ?? { ...cursor, width: 0, height: 0 };
  const x = from.x + from.width / 2 - width / 2;
  const below = from.y + from.height / 2 < workArea.y + workArea.height / 2;
  const y = below ? from.y + from.height + gap : from.y - height - gap;
  return {
    x: Math.round(between(x, workArea.x + gap, workArea.x + workArea.width - width - gap)),
    y: Math.round(between(y, workArea.y + gap, workArea.y + workArea.height - height - gap)),
    width,
    height,
  };
}

/** The middle of the span where that has no room for the gap. */
function between(value: number, least: number, most: number): number {
  return least > most ? (least + most) / 2 : Math.min(Math.max(value, least), most);
}
