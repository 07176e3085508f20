/** What users write: a scenario that answers a caller, in plain Java. */
@NullMarked
package dev.trunkline.core.scenario;

import org.jspecify.annotations.NullMarked;
