import { readFileSync } from 'node:fs';
import { bridgeWire } from '../page/bridge-wire.ts';
import { preloadWorld, type PreloadSettings } from '../page/preload-world.ts';
import { wireValues } from '../page/wire-values.ts';
import { askedWindowOpen } from '../page/window-open.ts';
import { worldBridge } from '../page/world-bridge.ts';

/** The world that Electron's preloads run in, by its name there. */
export const preloadWorldName = 'Electron Isolated Context';

/** What each new document of a page runs before its own scripts, in its own world and in the preload's. */
export interface PageScripts {
  readonly mainWorld: string;
  readonly isolatedWorld: string;
  readonly preload: string;
}

/** The functions' own source runs in the page: Node has taken the types out of it. */
export function pageScripts(settings: PreloadSettings, preloadPath: string | null): PageScripts {
  const { here, there } = settings;
  return {
    mainWorld: `(() => {
      ${bridgeWire.toString()}
      (${worldBridge.toString()})(${JSON.stringify(there)}, ${JSON.stringify(here)});
      (${askedWindowOpen.toString()})(${JSON.stringify(here)});
    })()`,
    isolatedWorld: `(() => {
      ${[wireValues, bridgeWire, worldBridge].map(String).join('\n')}
      (${preloadWorld.toString()})(${JSON.stringify(settings)});
    })()`,
    preload: preloadPath === null ? '' : preloadCall(preloadPath),
  };
}

/** The preload's text as Electron wraps it (lib/sandboxed_renderer/init.ts): no modules, a `require` of its own. */
function preloadCall(path: string): string {
  const source = readFileSync(path, 'utf8');
  const scope = 'require, process, Buffer, global, setImmediate, clearImmediate, exports, module';
  return `electronHostRun(${JSON.stringify(path)}, function (${scope}) {\n${source}\n});\n//# sourceURL=${path}`;
}
