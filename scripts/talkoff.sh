#!/usr/bin/env bash
# How often speech is taken for a key: scripts/talkoff.sh FOLDER... looks through every .wav file in the folders.
set -euo pipefail

home=$(cd "$(dirname "$0")/.." && pwd)
if [ $# -eq 0 ]; then
  echo "usage: scripts/talkoff.sh FOLDER..." >&2
  exit 2
fi
folders=()
for folder in "$@"; do
  folders+=("$(realpath "$folder")")
done

exec mvn -q -f "$home/pom.xml" -pl benchmarks -am -Pbench -Dmaven.test.skip=true \
  -Dbench.main=dev.trunkline.benchmarks.TalkOff "-Dbench=${folders[*]}" verify
