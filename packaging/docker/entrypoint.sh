#!/bin/sh
# Token Tray reads the passphrase from its environment alone; a secret comes as a file. It is read here, so that it
# stands neither in the image nor in what `docker inspect` shows.
set -eu

secret=${TOKEN_TRAY_PASSPHRASE_FILE:-/run/secrets/token-tray-passphrase}
if [ -e "$secret" ]; then
  TOKEN_TRAY_PASSPHRASE=$(cat "$secret")
  export TOKEN_TRAY_PASSPHRASE
fi
# In the place of this shell, so that it gets the signals.
exec token-tray "$@"
