import { desktops, type Step } from './step.ts';

/** What “Copy token” puts on the clipboard, and when it goes. */
export const clipboardSteps: readonly Step[] = [
  {
    id: 'copy',
    on: desktops,
    do: 'Open the window and press “Copy token”. Paste into a text editor, and delete the text there.',
    see: 'The window says “Copied. Works until …; leaves the clipboard in … s” and counts down. The editor gets one long line that begins with “ey”.',
    checks: ['token_pasted'],
  },
  {
    id: 'history',
    on: desktops,
    do: {
      windows: 'Press Win+V. If Windows offers to turn the history on, do so, and press “Copy token” again.',
      macos:
        'Open the clipboard history: in macOS 26 or later Cmd+Space, then Cmd+4; before that your clipboard manager. Skip this step if you have neither.',
      gnome: 'Open your clipboard manager. Skip this step if you have none.',
      kde: 'Press Meta+V.',
    },
    see: 'The token is not in the list.',
  },
  {
    id: 'copy-menu',
    on: desktops,
    session: 'x11',
    icon: 'shown',
    do: 'Hide the window with Esc if it is open. Copy any word in another program, then choose “Copy token” in the icon’s menu.',
    see: 'The window stays hidden, and nothing reports a problem.',
    checks: ['token_pasted'],
  },
  {
    id: 'copy-menu-wayland',
    on: ['gnome', 'kde'],
    session: 'wayland',
    icon: 'shown',
    do: 'Hide the window with Esc if it is open. Copy any word in another program, then choose “Copy token” in the icon’s menu. Press “Copy token” in the window that opens.',
    see: 'The window opens and says that the clipboard takes a copy from this window only. It says “Copied” after you press the button.',
    checks: ['token_pasted'],
    shows: ['T12'],
  },
  {
    id: 'clear',
    on: desktops,
    do: {
      windows: 'Open the window, and wait for the end of its countdown: one minute after the last copy.',
      macos: 'Open the window, and wait for the end of its countdown: one minute after the last copy.',
      gnome:
        'Press “Copy token” in the window. Keep the window in front to the end of the countdown, one minute.',
      kde: 'Press “Copy token” in the window. Keep the window in front to the end of the countdown, one minute.',
    },
    see: 'The window no longer says “Copied”.',
    checks: ['token_gone'],
  },
];
