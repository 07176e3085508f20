package dev.trunkline.app.engine;

import dev.trunkline.core.speech.SpeechToText;
import dev.trunkline.core.speech.TextToSpeech;

/**
 * Ears and mouth of the agents.
 *
 * @param ears recognition
 * @param mouth the voice
 */
record Speech(SpeechToText ears, TextToSpeech mouth) {}
