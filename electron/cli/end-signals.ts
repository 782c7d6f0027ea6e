/**
 * What asks a program to end. On Windows these come from the console: Ctrl-C, Ctrl-Break, and as SIGHUP its close, after
 * which Windows ends the process within 5 s (`HungAppTimeout`), whatever it does. SIGTERM never comes there: one program
 * that sends it to another ends it at once.
 */
export function endSignals(platform: string): readonly NodeJS.Signals[] {
  const everywhere = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  return platform === 'win32' ? [...everywhere, 'SIGBREAK'] : everywhere;
}
