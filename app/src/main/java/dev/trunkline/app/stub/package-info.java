/** Recognition, language model and voice that only pretend, so that everything else can be measured without them. */
@NullMarked
package dev.trunkline.app.stub;

import org.jspecify.annotations.NullMarked;
