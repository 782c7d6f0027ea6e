#!/bin/sh
# Whether Chromium's sandbox can start for this user: sandbox-check.sh FOLDER PROGRAM, with the folder of Electron's files
# and its program's name in there. Exit code 0: it can, or nothing is known against it. Else 1, with a sentence and its
# remedy on standard output. Chromium itself would end with a crash report. Nothing here switches the sandbox off.
folder=$1
program=$2

# Where the system's own files are; a test looks at others.
root=

if [ "$(id -u)" = 0 ]; then
  echo 'Token Tray’s window does not run as root, because Chromium’s sandbox cannot protect root.'
  echo 'Start it as the user who signs in.'
  exit 1
fi

# A terminal inside an editor that is an AppImage passes the editor's own variables on.
app_image=
if [ -n "${APPIMAGE-}" ] && [ -n "${APPDIR-}" ]; then
  case $folder/ in "$APPDIR"/*) app_image=yes ;; esac
fi

# The paths that AppArmor's profiles are attached to, as regular expressions, one a line. Its ** crosses folders, its * and
# ? do not, {a,b} is a choice, and a variable such as @{HOME} may be any path (apparmor.d(5)).
attachments() {
  find "$root/etc/apparmor.d" -type f -exec sed -nE '
    s/^[[:space:]]*profile[[:space:]]+("[^"]*"|[^"[:space:]]+)[[:space:]]+"([@/][^"]*)".*/\2/; t found
    s/^[[:space:]]*profile[[:space:]]+("[^"]*"|[^"[:space:]]+)[[:space:]]+([@/][^"[:space:]]*).*/\2/; t found
    s/^[[:space:]]*(profile[[:space:]]+)?"([@/][^"]*)"[[:space:]]*(flags|xattrs|\{).*/\2/; t found
    s/^[[:space:]]*(profile[[:space:]]+)?([@/][^"[:space:]]*)[[:space:]]+(flags|xattrs|\{).*/\2/; t found
    d
    :found
    s/[.+()$|]/\\&/g
    s/\*\*/%A/g; s/@\{[^}]*\}/%A/g; s/\*/%B/g; s/\?/%C/g
    y/{,}/(|)/
    s/%A/.*/g; s/%B/[^\/]*/g; s/%C/[^\/]/g
    p' {} + 2>/dev/null
}

# An AppImage is mounted in a way in which this program has no power.
if [ -z "$app_image" ] && [ -n "$(find "$folder/chrome-sandbox" -prune -user 0 -perm -4001 2>/dev/null)" ]; then
  exit 0
fi

# Else the sandbox is made of user namespaces.
restricted=$(cat "$root/proc/sys/kernel/apparmor_restrict_unprivileged_userns" 2>/dev/null)
profile=$(cat "$root/proc/self/attr/current" 2>/dev/null | tr -d '\000')
if [ "$restricted" = 1 ]; then
  # Under a profile, or where one is attached to this program's path, the profile decides, and what `unshare` may says
  # nothing. A profile for another program of the same name changes nothing.
  case $profile in unconfined | '') ;; *) exit 0 ;; esac
  readlink -f "$folder/$program" | grep -qxE -e "$(attachments)" && exit 0
elif ! command -v unshare >/dev/null || unshare --user --map-root-user true 2>/dev/null; then
  exit 0
fi

echo 'Token Tray cannot start, because this system does not let it make the user namespaces of Chromium’s sandbox.'
if [ -n "$app_image" ]; then
  echo 'Install the .deb package instead, or give this AppImage an AppArmor profile with “userns”, as docs/packaging.md shows.'
else
  echo "Run:  sudo chown root:root '$folder/chrome-sandbox' && sudo chmod 4755 '$folder/chrome-sandbox'"
fi
exit 1
