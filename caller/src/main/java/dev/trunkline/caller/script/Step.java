package dev.trunkline.caller.script;

/** One thing to do, and when. */
public record Step(Cue cue, Content content) {}
