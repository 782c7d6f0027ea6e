import { hiddenSwitch } from './launch-switches.ts';

/** An XDG autostart entry that starts the app without a window (Desktop Entry Specification 1.5). `name` has one line. */
export function autostartEntry(name: string, command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${name}`,
    'Comment=Keeps you signed in and gives local tools their access token',
    execLine(command),
    'Icon=token-tray-app',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Whether an entry starts its program: a person switches it off by their desktop's own settings. */
export function isSwitchedOn(entry: string): boolean {
  return !/^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(entry);
}

/** The entry with this command, all else as it stands: the program was moved, and what a person chose stays. */
export function movedTo(entry: string, command: readonly string[]): string {
  return entry.replace(/^Exec\s*=.*$/m, () => execLine(command));
}

function execLine(command: readonly string[]): string {
  return `Exec=${[...command, hiddenSwitch].map(quoted).join(' ')}`;
}

/** An argument in quotes, then once more as a value of the file: the specification asks for both, in this order. */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  const asValue = inQuotes
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${asValue}"`;
}
