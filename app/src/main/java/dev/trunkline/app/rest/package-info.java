/** What all resources of the API share: how errors are told. */
@NullMarked
package dev.trunkline.app.rest;

import org.jspecify.annotations.NullMarked;
