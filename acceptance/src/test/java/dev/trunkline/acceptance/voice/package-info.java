/** Voices of callers that are not our own synthesiser. */
@NullMarked
package dev.trunkline.acceptance.voice;

import org.jspecify.annotations.NullMarked;
