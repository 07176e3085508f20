#!/usr/bin/env bash
# Builds and runs the benchmarks; called by ./trunkline bench. Its arguments choose among them: ./trunkline bench Resampler
set -euo pipefail

home=$1
jdk=$2
shift 2

JAVA_HOME=$jdk MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}" \
  exec mvn -q -f "$home/pom.xml" -pl benchmarks -am -Pbench -Dmaven.test.skip=true "-Dbench=$*" verify
