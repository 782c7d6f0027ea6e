import { watch, type FSWatcher } from 'node:fs';

/** What happens in one go, such as `rm -r`, is told once. */
const settleMs = 100;
/** Where the system has no watcher left to give (Linux: fs.inotify.max_user_instances). */
const fallbackMs = 15_000;

/**
 * Calls `changed` a moment after an entry of a folder was made, replaced or removed, where it has one of the names.
 * Costs nothing while nothing happens; where the folder cannot be watched, `changed` is called every 15 s instead.
 * Keeps no process alive. Answers how to stop.
 */
export function watchFolder(folder: string, names: readonly string[], changed: () => void): () => void {
  let soon: NodeJS.Timeout | null = null;
  let regularly: NodeJS.Timeout | null = null;
  let watcher: FSWatcher | null = null;
  const fallBack = () => {
    watcher?.close();
    watcher = null;
    regularly ??= setInterval(changed, fallbackMs).unref();
  };
  try {
    watcher = watch(folder, { persistent: false }, (_event, name) => {
      // Some systems do not tell the name.
      if (name !== null && !names.includes(name)) return;
      soon ??= setTimeout(() => {
        soon = null;
        changed();
      }, settleMs).unref();
    });
    watcher.on('error', fallBack);
  } catch {
    fallBack();
  }
  return () => {
    watcher?.close();
    if (soon) clearTimeout(soon);
    if (regularly) clearInterval(regularly);
  };
}
