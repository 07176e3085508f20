/** What turns the payload of one packet into samples and back, one instance a stream. */
@NullMarked
package dev.trunkline.media.codec;

import org.jspecify.annotations.NullMarked;
