#!/usr/bin/env bash
# Builds and runs the benchmarks; called by ./trunkline bench.
set -euo pipefail

home=$1
jdk=$2
shift 2

JAVA_HOME=$jdk mvn -q -f "$home/pom.xml" -pl benchmarks -am -Dmaven.test.skip=true package
exec "$jdk/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  "-Dtrunkline.models.dir=$home/weights/target/files" \
  -cp "$home/benchmarks/target/benchmarks/lib/*" org.openjdk.jmh.Main "$@"
