package dev.trunkline.acceptance.peer;

import dev.trunkline.acceptance.server.SharedServer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Calls with other people's programs. They wait for each other's sentences most of the time, so several are made at once, in a
 * run of their own after all other tests: nothing here may depend on being the only call, or on the clock.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("peers")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith({SharedServer.class, SharedPeers.class})
public @interface PeerTest {}
