import type fc from 'fast-check';

/** One way in, with what has to hold whatever comes by it. */
export interface Target extends AsyncDisposable {
  readonly name: string;
  readonly property: fc.IAsyncProperty<unknown[]>;
}
