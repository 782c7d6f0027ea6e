#!/bin/sh
# What launchd runs: sh agent.sh NODE TOKEN-TRAY.CJS. launchd restarts a job that fails, whatever its exit code is. A new
# start does not help after wrong usage (2), a refused sign-in (3), a policy or port (5), or without Node.js (126, 127):
# a refused password sent again and again might lock the account. Those end with 0, which launchd leaves alone.
log="$HOME/Library/Logs/token-tray-agent.log"
mkdir -p "$HOME/Library/Logs"
# Nothing else bounds it: at 1 MB it begins anew.
if [ "$(wc -c <"$log" 2>/dev/null || echo 0)" -gt 1000000 ]; then : >"$log"; fi
exec >>"$log" 2>&1 </dev/null

"$1" "$2" agent &
agent=$!
# launchd tells this shell alone to stop.
trap 'kill -TERM "$agent"' TERM INT HUP
wait "$agent"
code=$?
# A signal ends `wait`, and not the agent.
while kill -0 "$agent" 2>/dev/null; do
  wait "$agent"
  code=$?
done

case $code in
2 | 3 | 5 | 126 | 127)
  echo "The agent ended with exit code $code and is not started again. Fix what it says above, then run:"
  echo "launchctl kickstart gui/$(id -u)/io.github.token-tray.agent"
  exit 0
  ;;
esac
exit "$code"
