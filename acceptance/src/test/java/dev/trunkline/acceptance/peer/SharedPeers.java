package dev.trunkline.acceptance.peer;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one Asterisk with the usual settings, started at the first need and stopped after the last test. When a test
 * fails, the end of its log is printed.
 */
public final class SharedPeers implements ParameterResolver, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(SharedPeers.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Asterisk.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent(Asterisk.class, key -> Asterisk.start(), Asterisk.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Asterisk asterisk = context.getRoot().getStore(SPACE).get(Asterisk.class, Asterisk.class);
        if (context.getExecutionException().isPresent() && asterisk != null) {
            System.err.println("---- Asterisk's log before " + context.getDisplayName() + " failed ----");
            System.err.println(asterisk.tail());
        }
    }
}
