import { desktops, type Step } from './step.ts';

/** Notifications, login, sleep, the key store, and the ends of the app. */
export const systemSteps: readonly Step[] = [
  {
    id: 'notification',
    on: desktops,
    do: 'Hide the window with Esc if it is open. The service ends the session when you press Enter here.',
    act: 'end_session',
    see: {
      windows:
        'One notification, “Sign in again”. A click on it opens the form with the email filled in. Sign in there with “correct horse”.',
      macos:
        'Only now macOS asks whether Token Tray may send notifications. Allow it. A click on “Sign in again” (or on the icon) opens the form with the email filled in. Sign in there with “correct horse”.',
      gnome:
        'One notification, “Sign in again”. A click on it opens the form with the email filled in. Sign in there with “correct horse”.',
      kde: 'One notification, “Sign in again”. A click on it opens the form with the email filled in. Sign in there with “correct horse”.',
    },
    checks: ['signed_in'],
    shows: { macos: ['T19'] },
  },
  {
    id: 'no-icon',
    on: ['gnome'],
    icon: 'shown',
    do: 'Hide the window with Esc if it is open. In the program Extensions turn off “AppIndicator and KStatusNotifierItem Support”. Wait up to a minute.',
    see: 'The icon goes. The window comes back, open or minimised: Alt+Tab shows it.',
    checks: ['icon_not_shown'],
    shows: ['T20'],
  },
  {
    id: 'close',
    on: ['gnome', 'kde'],
    icon: 'not_shown',
    do: {
      gnome:
        'While the desktop shows no icon: close the window, and bring it back with Alt+Tab. Then press Esc in it, and bring it back again.',
      kde: 'Skip this step if the panel shows the icon. Otherwise close the window, and bring it back with Alt+Tab. Then press Esc in it, and bring it back again.',
    },
    see: 'The window is minimised each time, and comes back with the focus in it.',
    shows: ['T20'],
  },
  {
    id: 'icon-back',
    on: ['gnome'],
    do: 'Turn the extension on again, and wait up to a minute. Skip this step if you did not turn it off.',
    see: 'The icon is back, and a click on it opens the menu.',
    checks: ['icon_shown'],
    shows: ['T20'],
  },
  {
    id: 'panel',
    on: ['kde'],
    icon: 'shown',
    do: 'Hide the window with Esc if it is open. In another terminal run `systemctl --user restart plasma-plasmashell`. Wait up to a minute.',
    see: 'The icon is back in the panel, and a click on it opens the window.',
    checks: ['icon_shown'],
    shows: ['T20'],
  },
  {
    id: 'second-start',
    on: desktops,
    do: 'Hide the window with Esc if it is open. Token Tray is started a second time when you press Enter here.',
    act: 'start_again',
    see: 'The window opens. There is still one icon.',
    checks: ['second_start_ended'],
  },
  {
    id: 'login-not-offered',
    on: ['macos'],
    install: 'checkout',
    do: 'Open Settings in the window.',
    see: '“Start when I sign in to this computer” is not offered.',
    shows: ['T15'],
  },
  {
    id: 'login-on',
    on: ['macos'],
    install: 'package',
    do: 'In the window’s Settings turn on “Start when I sign in to this computer”. Then open System Settings, General, Login Items.',
    see: 'The setting stays on. The system’s list has Token Tray once, switched on.',
    checks: ['login_item_on'],
  },
  {
    id: 'login-off',
    on: ['macos'],
    install: 'package',
    do: 'Turn the setting off again.',
    see: 'The setting stays off. The system’s list no longer has Token Tray, or has it switched off.',
    checks: ['login_item_off'],
  },
  {
    id: 'login-on',
    on: ['windows', 'gnome', 'kde'],
    do: {
      windows:
        'In the window’s Settings turn on “Start when I sign in to this computer”. Then open Task Manager, Startup apps.',
      gnome:
        'In the window’s Settings turn on “Start when I sign in to this computer”. Then open Tweaks, Startup Applications, if you have it.',
      kde: 'In the window’s Settings turn on “Start when I sign in to this computer”. Then open System Settings, Autostart.',
    },
    see: 'The setting stays on. The system’s list has one more entry, switched on. The entry of another Token Tray, if there is one, is as before.',
    checks: ['login_item_on'],
    shows: ['T15'],
  },
  {
    id: 'login-off',
    on: ['windows', 'gnome', 'kde'],
    do: 'Turn the setting off again.',
    see: 'The setting stays off. The system’s list is as it was before.',
    checks: ['login_item_off'],
    shows: ['T15'],
  },
  {
    id: 'lock',
    on: ['windows', 'macos'],
    do: {
      windows: 'In the window press “Copy token”. Then lock the screen with Win+L and unlock it.',
      macos: 'In the window press “Copy token”. Then lock the screen with Ctrl+Cmd+Q and unlock it.',
    },
    see: 'The window no longer says “Copied”, and the icon is there.',
    checks: ['token_gone', 'signed_in'],
  },
  {
    id: 'sleep',
    on: desktops,
    do: {
      windows: 'Put the computer to sleep. After ten seconds wake it, and open the window.',
      macos: 'Put the computer to sleep. After ten seconds wake it, and open the window.',
      gnome:
        'Lock the screen and suspend the computer. After ten seconds wake it, unlock it, and open the window.',
      kde: 'Lock the screen and suspend the computer. After ten seconds wake it, unlock it, and open the window.',
    },
    see: 'The icon is there. The window says “Signed in.” with the minutes that are left, and no notification came.',
    checks: ['signed_in'],
  },
  {
    id: 'key-store-locked',
    on: ['macos', 'gnome', 'kde'],
    do: {
      macos:
        'Open Keychain Access: Spotlight (Cmd+Space) finds it; from macOS 15 on it is in /System/Library/CoreServices/Applications. Choose File, Lock Keychain “login”. Until it is unlocked, other programs may ask for its password too. Token Tray restarts when you press Enter here. Cancel macOS’s question for the password.',
      gnome:
        'In Passwords and Keys lock “Login” (right click). Until it is unlocked, other programs may ask for its password too. Token Tray restarts when you press Enter here. Cancel the desktop’s question for the password.',
      kde: 'Skip this step if your passwords are not in KWallet but in another key store, such as GNOME Keyring or KeePassXC. In KWalletManager close the wallet. Token Tray restarts when you press Enter here. Cancel the desktop’s question for the password.',
    },
    act: 'restart_app',
    see: 'The window says that this computer’s key store is locked, and has the button “Restart Token Tray”. It does not ask you to sign in.',
    checks: ['key_store_locked'],
    shows: { macos: ['T11'], gnome: ['T10', 'T11'], kde: ['T10', 'T11'] },
  },
  {
    id: 'key-store-opened',
    on: ['macos', 'gnome', 'kde'],
    do: 'Skip this step if you skipped the one before. Press “Restart Token Tray”, and give the password when the system asks for it.',
    see: 'Token Tray goes and comes back by itself. Its window says “Signed in.”, without a new sign-in.',
    checks: ['restarted', 'signed_in'],
    shows: ['T11'],
  },
  {
    id: 'app-nap',
    on: ['macos'],
    do: 'Hide the window with Esc if it is open, and leave it hidden for eleven minutes: after ten it is destroyed, and macOS may slow an app without a window (App Nap). In Activity Monitor choose View, Columns, App Nap, and look at the line of Token Tray or Electron. Skip this step if you cannot wait.',
    see: 'The column says No. The window opens within a second when you click the icon.',
    checks: ['signed_in'],
    shows: ['M7'],
  },
  {
    id: 'quit',
    on: desktops,
    do: 'Choose “Quit Token Tray” in the icon’s menu, or under “More” in the window.',
    see: 'Icon and window go within 3 seconds.',
    checks: ['ended'],
  },
  {
    id: 'shutdown',
    on: desktops,
    do: {
      windows:
        'This is the last step, and it ends the check. Token Tray runs once more when you press Enter here. Open its window. Then shut the computer down with its own menu, with the window and this terminal open. After the next start run `npm run desktop-check -- --after-shutdown` in the folder where you are now.',
      macos:
        'This is the last step, and it ends the check. Token Tray runs once more when you press Enter here. Then shut the computer down with its own menu, with this terminal open. After the next start run `npm run desktop-check -- --after-shutdown` in the folder where you are now.',
      gnome:
        'This is the last step, and it ends the check. Token Tray runs once more when you press Enter here. Then shut the computer down with its own menu, with this terminal open. After the next start run `npm run desktop-check -- --after-shutdown` in the folder where you are now.',
      kde: 'This is the last step, and it ends the check. Token Tray runs once more when you press Enter here. Then shut the computer down with its own menu, with this terminal open. After the next start run `npm run desktop-check -- --after-shutdown` in the folder where you are now.',
    },
    act: 'leave_running',
    see: 'The computer shuts down at once. No screen says that Token Tray holds it up, and nothing asks a question.',
    shows: { windows: ['T16'] },
  },
];
