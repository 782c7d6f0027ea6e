import { EventEmitter } from 'node:events';
import { onControl } from '../control/control-channel.ts';
import { hostSettings } from '../control/settings.ts';

let system: 'light' | 'dark' = hostSettings.theme ?? 'light';

/** `electron.nativeTheme`. */
class NativeTheme extends EventEmitter {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  readonly shouldDifferentiateWithoutColor = false;
  #source: 'system' | 'light' | 'dark' = 'system';

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source;
  }
  set themeSource(source: 'system' | 'light' | 'dark') {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError('Invalid themeSource');
    this.#change(() => (this.#source = source));
  }
  get shouldUseDarkColors(): boolean {
    return (this.#source === 'system' ? system : this.#source) === 'dark';
  }
  /** The taskbar's theme, which no choice of the app's changes. */
  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return system === 'dark';
  }

  setSystem(theme: 'light' | 'dark'): void {
    this.#change(() => (system = theme));
  }

  #change(change: () => void): void {
    const before = [this.shouldUseDarkColors, system, this.#source].join();
    change();
    if ([this.shouldUseDarkColors, system, this.#source].join() !== before) this.emit('updated');
  }
}

export const nativeTheme = new NativeTheme();
nativeTheme.setMaxListeners(0);
onControl('theme.set', (theme) => nativeTheme.setSystem(theme));
