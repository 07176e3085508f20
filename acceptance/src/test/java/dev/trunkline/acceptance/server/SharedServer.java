package dev.trunkline.acceptance.server;

import dev.trunkline.acceptance.process.Certificate;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one server with the usual settings and TLS, started at the first need and stopped after the last test. When a test
 * fails, the end of the server's output and the record of the newest call are printed.
 */
public final class SharedServer implements ParameterResolver, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(SharedServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        RunningServer server = context.getRoot().getStore(SPACE).get(SharedServer.class, RunningServer.class);
        if (context.getExecutionException().isPresent() && server != null) {
            System.err.println("---- the server's output before " + context.getDisplayName() + " failed ----");
            System.err.println(server.tail());
            System.err.println("---- the newest call as it is recorded ----");
            System.err.println(server.newestCallIfAny());
        }
    }

    private static RunningServer server(ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent(SharedServer.class, key -> RunningServer.start(withTls()), RunningServer.class);
    }

    private static Map<String, String> withTls() {
        Certificate certificate = Certificate.shared();
        return Map.of(
                "TRUNKLINE_SIP_TLS_CERTIFICATE", certificate.certificate().toString(),
                "TRUNKLINE_SIP_TLS_KEY", certificate.key().toString(),
                "TRUNKLINE_SIP_TLS_CA", certificate.certificate().toString());
    }
}
