/** What a caller does with sound: levels, the agent's utterances, the recording, signatures of tones, delays. */
@NullMarked
package dev.trunkline.caller.sound;

import org.jspecify.annotations.NullMarked;
