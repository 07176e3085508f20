/** The receptionist that needs no language model: a scenario of rules that answers questions and takes messages. */
@NullMarked
package dev.trunkline.app.reception;

import org.jspecify.annotations.NullMarked;
