/** Language models behind OpenAI's chat completions interface: OpenAI itself and every server that speaks like it. */
@NullMarked
package dev.trunkline.providers.openai;

import org.jspecify.annotations.NullMarked;
