#!/bin/sh
# Runs a command in a desktop of its own: a display, a session bus, an open key store and a panel that shows tray icons.
# Needs xvfb, dbus-x11, gnome-keyring, xfce4-panel and gdbus (libglib2.0-bin).
set -eu

if [ "${1-}" != --inside ]; then
  exec xvfb-run --auto-servernum dbus-run-session -- "$0" --inside "$@"
fi
shift

printf pw | gnome-keyring-daemon --unlock --components=secrets > /dev/null
# Xfce's panel registers the host that Electron asks for (org.kde.StatusNotifierWatcher).
xfce4-panel --disable-wm-check > /dev/null 2>&1 &
tries=0
until gdbus call --session --dest org.kde.StatusNotifierWatcher --object-path /StatusNotifierWatcher \
  --method org.freedesktop.DBus.Properties.Get org.kde.StatusNotifierWatcher IsStatusNotifierHostRegistered 2> /dev/null |
  grep -q true; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || { echo 'No panel shows tray icons.' >&2; exit 1; }
  sleep 1
done
exec "$@"
