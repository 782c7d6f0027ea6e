/** Whether `ready` has been fired, known apart from `app` so that every module can ask without a circle. */
export const readiness = { ready: false };

/** Throws as Electron does where a thing is used too early. */
export function needsReady(message: string): void {
  if (!readiness.ready) throw new Error(message);
}
