#!/bin/sh
# A secret comes as a file. It is read here if it is there, so that the passphrase stands neither in the image nor in what `docker inspect` shows.
set -eu

secret=${TOKEN_TRAY_PASSPHRASE_FILE:-/run/secrets/token-tray-passphrase}
if [ -e "$secret" ]; then
  TOKEN_TRAY_PASSPHRASE=$(cat "$secret")
  export TOKEN_TRAY_PASSPHRASE
  unset TOKEN_TRAY_PASSPHRASE_FILE
fi
# In the place of this shell, so that it gets the signals.
exec token-tray "$@"
