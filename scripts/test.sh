#!/usr/bin/env bash
# Runs all tests and tells what was done; called by ./trunkline test, which sets home and jdk.
set -uo pipefail

: "${home:?is set by ./trunkline test}" "${jdk:?is set by ./trunkline test}"

command -v mvn >/dev/null || {
  echo "trunkline: Maven (mvn) is not installed; on Debian and Ubuntu: apt-get install maven" >&2
  exit 1
}
command -v node >/dev/null || {
  echo "trunkline: Node.js (node) is not installed; the build fetches the model files with it. Version 20 or newer is needed" >&2
  exit 1
}
"$home/scripts/peers.sh" || exit 1

# what earlier runs left would be counted again
rm -rf "$home"/*/target/surefire-reports "$home"/*/target/counters

JAVA_HOME=$jdk MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}" \
  mvn -f "$home/pom.xml" verify "$@"
status=$?

# the sum of one attribute over all test suites
sum() {
  find "$home" -path '*/target/surefire-reports/TEST-*.xml' -exec sed -n "s/.*<testsuite .*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" {} + |
    awk '{ all += $1 } END { print all + 0 }'
}

# the sum of one counter that acceptance tests wrote down
counted() {
  find "$home" -path '*/target/counters/*.properties' -exec sed -n "s/^$1=\([0-9]*\)$/\1/p" {} + |
    awk '{ all += $1 } END { print all + 0 }'
}

ran=$(sum tests)
failed=$(($(sum failures) + $(sum errors)))
skipped=$(sum skipped)
passed=$((ran - failed - skipped))

echo
echo "Tests run: $ran"
echo "Real calls placed: $(counted calls)"
echo "Words checked: $(counted words)"
[ "$status" -eq 0 ] || echo "The build failed; the reason stands above."
echo "$passed passed, $failed failed, $skipped skipped"

[ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
