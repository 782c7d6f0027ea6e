/**
 * Calls `end` once whoever started this process is gone. npm hands a signal to the shell between us, which dies of
 * it without a word; a terminal's Ctrl-C reaches everybody and needs none of this.
 */
export function whenOrphaned(end) {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    end();
  }, 500);
  look.unref();
}
