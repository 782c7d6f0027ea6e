import { desktops, type Step } from './step.ts';

/** Start, icon, sign-in, and the ways to the window. */
export const windowSteps: readonly Step[] = [
  {
    id: 'start',
    on: desktops,
    do: 'Wait for the window of Token Tray.',
    see: 'One window opens, with “Sign in once”. There is no second window and no message about a crash.',
    checks: ['signed_out'],
  },
  {
    id: 'quiet-start',
    on: ['macos'],
    do: 'Look at the Dock and at the screen.',
    see: 'Token Tray has no icon in the Dock. macOS asks neither about notifications nor about pasting.',
    shows: ['T18', 'T19'],
  },
  {
    id: 'icon',
    on: desktops,
    icon: 'shown',
    do: {
      windows:
        'Look beside the clock, or behind the arrow ^. In Settings, Personalisation, Colours, change “Windows mode” to the other of light and dark, and back.',
      macos:
        'Look at the right of the menu bar. In System Settings, Appearance, choose the other of light and dark, and go back.',
      gnome:
        'Look at the right of the top bar. In Settings, Appearance, choose the other of light and dark, and go back.',
      kde: 'Look at the tray in the panel, or behind its arrow. In System Settings, Global Theme, choose the other of Breeze Light and Breeze Dark, and go back.',
    },
    see: {
      windows:
        'The icon is drawn sharply. Within 2 seconds it is light on the dark taskbar and dark on the light one.',
      macos: 'The icon is drawn sharply, each time in the colour of the icons beside it.',
      gnome:
        'The icon is drawn sharply and is easy to see each time. It is not three dots or an empty space.',
      kde: 'The icon is drawn sharply and is easy to see each time. It is not an empty space.',
    },
  },
  {
    id: 'sign-in',
    on: desktops,
    do: {
      windows: 'Type the password “correct horse” in the window and press Enter.',
      macos:
        'Type the password “correct horse” in the window and press Enter. If macOS asks for a keychain item, note its name and choose Allow.',
      gnome:
        'Type the password “correct horse” in the window and press Enter. If the desktop asks for its keyring, open it.',
      kde: 'Type the password “correct horse” in the window and press Enter. If the desktop asks for its wallet or keyring, open it.',
    },
    see: {
      windows: '“Signed in.”, a ring with minutes, and “Copy token”. The icon has another shape than before.',
      macos:
        '“Signed in.”, a ring with minutes, and “Copy token”. The icon has another shape than before. From a checkout macOS does not ask for “Token Tray Safe Storage”, which is the installed app’s.',
      gnome: '“Signed in.”, a ring with minutes, and “Copy token”. The icon has another shape than before.',
      kde: '“Signed in.”, a ring with minutes, and “Copy token”. The icon has another shape than before.',
    },
    checks: ['signed_in', 'key_protected'],
    shows: { macos: ['T17'] },
  },
  {
    id: 'click',
    on: desktops,
    icon: 'shown',
    do: {
      windows:
        'Click the icon twice with the left button, with a pause between. Then click it with the right button.',
      macos: 'Click the icon twice, with a pause between. Then click it with the right button.',
      gnome: 'Click the icon with the left button, close the menu, and click it with the right button.',
      kde: 'Click the icon twice with the left button, with a pause between. Then click it with the right button.',
    },
    see: {
      windows:
        'One left click shows the window beside the icon, the next hides it. The right click opens the menu: the account with its minutes, the commands, and “Quit Token Tray” last.',
      macos:
        'One left click shows the window below the icon, the next hides it. The right click opens the menu: the account with its minutes, the commands, and “Quit Token Tray” last.',
      gnome:
        'Each click opens the menu: the account with its minutes, the commands, and “Quit Token Tray” last.',
      kde: 'One left click shows the window in front, the next hides it. The right click opens the menu: the account with its minutes, the commands, and “Quit Token Tray” last.',
    },
    shows: { kde: ['T14'] },
  },
  {
    id: 'keyboard',
    on: desktops,
    icon: 'shown',
    do: {
      windows:
        'Hide the window with Esc if it is open. Press Win+B, go to the icon with the arrow keys, and press Enter. Then press Esc.',
      macos:
        'Hide the window with Esc if it is open. Press Ctrl+F8 (with Fn on most keyboards), go to the icon with the arrow keys, and press Space. Then press Esc.',
      gnome:
        'Hide the window with Esc if it is open. Press Ctrl+Alt+Tab until “Top Bar” is chosen, go to the icon with the arrow keys, press Enter, and choose “Open Token Tray”. Then press Esc.',
      kde: 'Hide the window with Esc if it is open. Press Meta+Alt+P until the panel has the focus, go to the icon with the arrow keys, and press Enter. Then press Esc.',
    },
    see: {
      windows: 'The window opens with the focus in it. Esc hides it, and the icon has the focus again.',
      macos:
        'The window opens with the focus in it. Esc hides it, and the program before it is in front again.',
      gnome: 'The window opens in front, with the focus in it. Esc hides it.',
      kde: 'The window opens in front, with the focus in it. Esc hides it.',
    },
  },
  {
    id: 'click-elsewhere',
    on: ['windows', 'macos'],
    do: 'Open the window from the icon. Click into another program’s text field and type a letter.',
    see: 'The window hides. The letter appears in the other program.',
    shows: { windows: ['T21'] },
  },
  {
    id: 'minimise',
    on: ['gnome', 'kde'],
    icon: 'shown',
    do: {
      gnome: 'Open the window, minimise it with Super+H, and choose “Open Token Tray” in the icon’s menu.',
      kde: 'Open the window, minimise it with its button, and choose “Open Token Tray” in the icon’s menu.',
    },
    see: 'The window is in front again, with the focus in it.',
    shows: ['T20'],
  },
];
