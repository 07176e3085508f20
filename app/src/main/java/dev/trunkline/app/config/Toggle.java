package dev.trunkline.app.config;

/** Whether something is done. */
enum Toggle {
    ON,
    OFF
}
