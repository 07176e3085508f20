package dev.trunkline.telephony.sip.target;

import dev.trunkline.telephony.sip.transport.SipScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/**
 * The name services of the host: addresses as every Java program finds them, SRV and NAPTR records by the Java platform's
 * DNS client. Each question is asked on a virtual thread; answers are kept for {@value #KEEP_MS} ms, since that client
 * does not tell how long they hold.
 */
public final class SystemNames implements NameService {

    static final long KEEP_MS = 60_000;

    private static final int KEPT = 512;
    private static final String FACTORY = "com.sun.jndi.dns.DnsContextFactory";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}");

    private record Answer(@Nullable List<?> records, long until) {}

    private interface Question<T> {

        /** The records, possibly none. */
        List<T> ask() throws IOException, NamingException;
    }

    private final SipScheduler scheduler;
    private final String servers;
    private final Map<String, Answer> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > KEPT;
        }
    };

    /** With the DNS servers of the host. */
    public SystemNames(SipScheduler scheduler) {
        this(scheduler, "dns:");
    }

    /** With the DNS servers of that JNDI address, such as {@code dns://127.0.0.1:5353}. */
    SystemNames(SipScheduler scheduler, String servers) {
        this.scheduler = scheduler;
        this.servers = servers;
    }

    @Override
    public void lookUp(String host, Consumer<List<InetAddress>> found, Runnable unknown) {
        this.<InetAddress>ask(
                "A " + host,
                () -> Arrays.asList(InetAddress.getAllByName(host)),
                addresses -> {
                    if (addresses.isEmpty()) {
                        unknown.run();
                    } else {
                        found.accept(addresses);
                    }
                },
                unknown);
    }

    @Override
    public void services(String name, Consumer<List<ServiceRecord>> found, Runnable failed) {
        ask("SRV " + name, () -> records(name, "SRV", SystemNames::service), found, failed);
    }

    @Override
    public void pointers(String domain, Consumer<List<PointerRecord>> found, Runnable failed) {
        ask("NAPTR " + domain, () -> records(domain, "NAPTR", SystemNames::pointer), found, failed);
    }

    private <T> void ask(String key, Question<T> question, Consumer<List<T>> found, Runnable failed) {
        String name = key.toLowerCase(Locale.ROOT);
        Answer known = answers.get(name);
        if (known != null && known.until() > scheduler.now()) {
            give(known, found, failed);
            return;
        }
        Thread.ofVirtual().name("sip-names").start(() -> {
            List<T> records;
            try {
                records = question.ask();
            } catch (IOException | NamingException | RuntimeException e) {
                records = null;
            }
            List<T> asked = records;
            scheduler.execute(() -> {
                Answer answer = new Answer(asked, scheduler.now() + KEEP_MS);
                answers.remove(name);
                answers.put(name, answer);
                give(answer, found, failed);
            });
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> void give(Answer answer, Consumer<List<T>> found, Runnable failed) {
        List<?> records = answer.records();
        if (records == null) {
            failed.run();
        } else {
            found.accept((List<T>) records);
        }
    }

    /**
     * The check that this suppresses is about directories whose answers are made into objects. That of DNS makes texts of
     * them, and the name can't lead into another directory: it is one of DNS and nothing else.
     */
    @SuppressWarnings("BanJNDI")
    private <T> List<T> records(String name, String type, Function<String, @Nullable T> reader) throws NamingException {
        if (!NAME.matcher(name).matches()) {
            return List.of();
        }
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, FACTORY);
        environment.put(Context.PROVIDER_URL, servers);
        environment.put("com.sun.jndi.dns.timeout.initial", "800");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        InitialDirContext context = new InitialDirContext(environment);
        try {
            Attribute attribute =
                    context.getAttributes(name, new String[] {type}).get(type);
            List<T> found = new ArrayList<>();
            if (attribute != null) {
                NamingEnumeration<?> values = attribute.getAll();
                while (values.hasMore()) {
                    T record = reader.apply(String.valueOf(values.next()));
                    if (record != null) {
                        found.add(record);
                    }
                }
            }
            return found;
        } catch (NameNotFoundException e) {
            return List.of();
        } finally {
            context.close();
        }
    }

    private static @Nullable ServiceRecord service(String text) {
        String[] parts = text.split(" ");
        try {
            return parts.length != 4
                    ? null
                    : new ServiceRecord(
                            Integer.parseInt(parts[0]),
                            Integer.parseInt(parts[1]),
                            Integer.parseInt(parts[2]),
                            withoutDot(parts[3]));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** {@code 50 50 s SIPS+D2T "" _sips._tcp.example.com.}; the client leaves quotation marks away or not. */
    private static @Nullable PointerRecord pointer(String text) {
        String[] parts = text.replace("\"", "").trim().split(" +");
        try {
            return parts.length < 5
                    ? null
                    : new PointerRecord(
                            Integer.parseInt(parts[0]),
                            Integer.parseInt(parts[1]),
                            parts[2],
                            parts[3],
                            withoutDot(parts[parts.length - 1]));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
