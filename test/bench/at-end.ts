/** Does `work` once: when `stack` is disposed of, or when the process ends before, as by Ctrl-C. */
export function atEnd(stack: AsyncDisposableStack, work: () => void): void {
  process.once('exit', work);
  stack.defer(() => {
    process.off('exit', work);
    work();
  });
}
