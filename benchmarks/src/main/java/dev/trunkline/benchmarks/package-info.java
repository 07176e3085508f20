/** What the hot paths cost, one class a claim, measured by JMH. */
@NullMarked
package dev.trunkline.benchmarks;

import org.jspecify.annotations.NullMarked;
