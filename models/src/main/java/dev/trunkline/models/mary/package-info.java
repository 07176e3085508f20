/** The English voice inside the process: MaryTTS, driven clause by clause so that it begins early and knows its words. */
@NullMarked
package dev.trunkline.models.mary;

import org.jspecify.annotations.NullMarked;
