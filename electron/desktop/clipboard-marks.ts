/** The name that Electron gives a format of the operating system itself (Electron, `clipboard`). */
function systemFormat(name: string): string {
  return `electron application/osclipboard;format="${name}"`;
}

// A DWORD of 0, as Windows reads it ("Clipboard formats", cloud clipboard and clipboard history).
const no = new Uint8Array(4);

const marks: Partial<Record<NodeJS.Platform, Readonly<Record<string, Uint8Array<ArrayBuffer> | string>>>> = {
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: no,
    CanIncludeInClipboardHistory: no,
    CanUploadToCloudClipboard: no,
  },
  // nspasteboard.org: what managers of clipboard histories leave alone. That they are there counts, not what they hold.
  darwin: { 'org.nspasteboard.ConcealedType': 'true', 'org.nspasteboard.TransientType': 'true' },
  // KDE's Klipper, and others after it.
  linux: { 'x-kde-passwordManagerHint': 'secret' },
};

/** A mark of macOS's copies, by which one of ours is told from most others without reading it. */
export const macMark = systemFormat('org.nspasteboard.ConcealedType');

/** A text with the marks that keep it out of clipboard histories and clouds, as the parts of one clipboard item. */
export function concealed(text: string, platform: NodeJS.Platform): Record<string, string | Blob> {
  const parts: Record<string, string | Blob> = { 'text/plain': text };
  for (const [name, value] of Object.entries(marks[platform] ?? {})) {
    parts[systemFormat(name)] = new Blob([value]);
  }
  return parts;
}
