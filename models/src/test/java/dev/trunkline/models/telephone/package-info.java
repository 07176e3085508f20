/** What the tests hear with: recordings, a telephone line, and the count of wrong words. */
@NullMarked
package dev.trunkline.models.telephone;

import org.jspecify.annotations.NullMarked;
