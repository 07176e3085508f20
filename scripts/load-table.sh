#!/usr/bin/env bash
# Runs the load test at several levels, and the bare loop beside it, and prints a Markdown table with the machine above it.
#   scripts/load-table.sh [--write] [SECONDS] [LEVEL...]     60 seconds at 1, 50, 100 and 200 calls by default
# --write puts it into docs/performance.md, where the figures stand. RUNS=3 makes every run three times, so that luck shows.
# SERVER_OPTIONS="-XX:+UseSerialGC" are options for the server's JVM, to compare collectors.
set -uo pipefail

home=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
page=$home/docs/performance.md
write=''
if [ "${1:-}" = --write ]; then
  write=yes
  shift
fi
seconds=${1:-60}
[ $# -eq 0 ] || shift
levels=("$@")
[ ${#levels[@]} -gt 0 ] || levels=(1 50 100 200)
runs=${RUNS:-1}
warm_up=${WARM_UP:-30}
options=()
[ -z "${SERVER_OPTIONS:-}" ] || options=(--server-options "$SERVER_OPTIONS")

run() {
  local what=$1 i
  shift
  for ((i = 0; i < runs; i++)); do
    "$home/trunkline" load --markdown --seconds "$seconds" --warm-up "$warm_up" ${options[@]+"${options[@]}"} "$@" | sed "s/^| [^|]* |/| $what |/"
  done
}

table() {
  printf 'Measured on %s: %s processors (%s), %s, Linux %s, commit %s; `scripts/load-table.sh %s %s`.\n\n' \
    "$(date -u +%Y-%m-%d)" "$(nproc)" \
    "$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)" \
    "$(awk '/^MemTotal/ { printf "%.0f GB of memory", $2 / 1e6 }' /proc/meminfo)" \
    "$(uname -r)" \
    "$(git -C "$home" rev-parse --short HEAD 2>/dev/null || echo unknown)" \
    "$seconds" "${levels[*]}"
  # the head comes from the program, as the rows do
  "$home/trunkline" load --markdown-head
  local calls
  for calls in "${levels[@]}"; do
    run "\`load --calls $calls\`" --calls "$calls"
  done
  for calls in "${levels[@]}"; do
    run "\`load --bare --calls $calls\`" --bare --calls "$calls"
  done
}

# builds what is missing, so that no build runs beside a measurement
"$home/trunkline" load --markdown-head >/dev/null || exit 1
made=$(mktemp)
trap 'rm -f "$made"' EXIT
table | tee "$made"

if [ -n "$write" ]; then
  awk -v made="$made" '
    /^<!-- figures:/ { print; print ""; while ((getline line < made) > 0) print line; print ""; skip = 1; next }
    /^<!-- end of figures -->/ { skip = 0 }
    !skip' "$page" >"$page.new" && mv "$page.new" "$page"
fi
