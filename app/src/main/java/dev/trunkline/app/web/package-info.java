/** The control plane's container: Spring and its web server, which receive the engine as one bean. */
@NullMarked
package dev.trunkline.app.web;

import org.jspecify.annotations.NullMarked;
