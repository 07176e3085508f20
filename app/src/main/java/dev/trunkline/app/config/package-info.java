/** The settings: one table of keys, the places they are read from, and the typed tree that comes of it. */
@NullMarked
package dev.trunkline.app.config;

import org.jspecify.annotations.NullMarked;
