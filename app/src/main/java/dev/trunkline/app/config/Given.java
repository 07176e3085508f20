package dev.trunkline.app.config;

/**
 * A setting as somebody wrote it.
 *
 * @param name as it is called where it stands: {@code TRUNKLINE_SIP_PORT}, {@code sip.port}
 * @param text what was written
 * @param place where: {@code environment}, {@code .env:3}, {@code trunkline.yaml:7}
 */
record Given(String name, String text, String place) {}
