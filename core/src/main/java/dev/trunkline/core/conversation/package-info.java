/** The conversation itself: hearing, turn-taking, thinking, speaking, interruption. */
@NullMarked
package dev.trunkline.core.conversation;

import org.jspecify.annotations.NullMarked;
