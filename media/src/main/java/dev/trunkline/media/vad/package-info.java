/** Whether a caller is speaking: models that give a probability, batched over calls, and the decision made from it. */
@NullMarked
package dev.trunkline.media.vad;

import org.jspecify.annotations.NullMarked;
