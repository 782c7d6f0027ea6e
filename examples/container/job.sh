#!/bin/sh
# Runs in the container: asks Token Tray by its socket, with the tool's own key, then the service with the token.
set -eu

token=$(
  printf 'header = "Authorization: Bearer %s"\n' "$(cat "$TOKEN_TRAY_KEY_FILE")" |
    curl --silent --show-error --fail-with-body --unix-socket "$TOKEN_TRAY_SOCKET" --config - \
      http://localhost/v1/token |
    sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p'
)

printf 'header = "Authorization: Bearer %s"\n' "$token" |
  curl --silent --output /dev/null --write-out '%{http_code}\n' --config - "$API_URL"
