/** {@code /metrics}: figures for Prometheus. */
@NullMarked
package dev.trunkline.app.rest.metrics;

import org.jspecify.annotations.NullMarked;
