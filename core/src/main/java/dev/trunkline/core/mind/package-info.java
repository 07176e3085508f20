/** What an agent thinks with: a scenario in plain Java, or a language model, behind one port. */
@NullMarked
package dev.trunkline.core.mind;

import org.jspecify.annotations.NullMarked;
