/** The engine, assembled in plain Java: it takes calls, gives each an agent, and lets them go again. */
@NullMarked
package dev.trunkline.app.engine;

import org.jspecify.annotations.NullMarked;
