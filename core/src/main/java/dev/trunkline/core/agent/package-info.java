/** Who answers: an agent with its settings, and how a dialled number finds it. */
@NullMarked
package dev.trunkline.core.agent;

import org.jspecify.annotations.NullMarked;
