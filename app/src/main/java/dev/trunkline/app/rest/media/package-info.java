/** RTP endpoints for media servers that signal for themselves. */
@NullMarked
package dev.trunkline.app.rest.media;

import org.jspecify.annotations.NullMarked;
