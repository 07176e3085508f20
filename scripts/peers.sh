#!/usr/bin/env bash
# Installs the programs that the tests talk to, listen with or speak with, from Debian. Does nothing where they are there.
set -euo pipefail

missing=()

# needs PACKAGE COMMAND-OR-PATH
needs() {
  case $2 in
    /*) [ -e "$2" ] || missing+=("$1") ;;
    *) command -v "$2" >/dev/null || missing+=("$1") ;;
  esac
}

needs sip-tester sipp
needs sox sox
needs flite flite
needs espeak-ng espeak-ng
needs asterisk-core-sounds-en-wav /usr/share/asterisk/sounds/en_US_f_Allison
needs kamailio kamailio
needs baresip-core baresip
needs ffmpeg ffmpeg
# scripts/asterisk.sh unpacks Debian's Asterisk; that comes as it is needed
needs debian-archive-keyring /usr/share/keyrings/debian-archive-keyring.gpg
needs util-linux setpriv
needs libopus0 "$(ls /usr/lib/*/libopus.so.0 /usr/lib/libopus.so.0 2>/dev/null | head -n 1 || true)"
needs psmisc fuser

[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
    echo "The tests need these packages; please install them: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo -n)
fi
command -v apt-get >/dev/null || {
  echo "The tests need these programs, known to Debian as: ${missing[*]}" >&2
  exit 1
}
echo "Installing what the tests need: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "Could not install: ${missing[*]}" >&2
  exit 1
fi
