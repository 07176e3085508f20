/** Figures for operators: what calls do, and what the rooms below count. */
@NullMarked
package dev.trunkline.app.metrics;

import org.jspecify.annotations.NullMarked;
