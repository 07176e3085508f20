/** Handing a caller on to a person: the ways there are, and the transfer in which the agent speaks with the person first. */
@NullMarked
package dev.trunkline.core.transfer;

import org.jspecify.annotations.NullMarked;
