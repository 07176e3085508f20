package dev.trunkline.app.config;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.telephony.sip.transport.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a setting may hold.
 *
 * @param description for people: "a port, 1 to 65535"
 * @param parser from the text written down; throws {@link IllegalArgumentException} if it is none
 * @param <T> what it is in the program
 */
record SettingType<T>(String description, Function<String, T> parser) {

    /** A telephone number as people write it. */
    static final String NUMBER = "\\+?[0-9][0-9 ()/.-]{1,30}";

    static final SettingType<String> TEXT = new SettingType<>("text", text -> text);

    static final SettingType<Secret> SECRET = new SettingType<>("secret", Secret::new);

    static final SettingType<Path> PATH = new SettingType<>("a file or folder", text -> {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e);
        }
    });

    static final SettingType<InetAddress> ADDRESS =
            new SettingType<>("an IP address or localhost", SettingType::parseAddress);

    static final SettingType<List<AddressRange>> ADDRESS_RANGES = new SettingType<>(
            "addresses and networks with commas between them, such as 192.0.2.7, 10.0.0.0/8", text -> {
                List<AddressRange> ranges = new ArrayList<>();
                for (String part : text.split("[,\\s]+")) {
                    ranges.add(AddressRange.parse(part));
                }
                return List.copyOf(ranges);
            });

    static final SettingType<InetSocketAddress> ADDRESS_AND_PORT =
            new SettingType<>("an IP address and a port, such as 127.0.0.1:8080", text -> {
                int colon = text.lastIndexOf(':');
                if (colon < 1) {
                    throw new IllegalArgumentException(text);
                }
                String host = text.substring(0, colon);
                boolean bracketed = host.startsWith("[") && host.endsWith("]");
                if (!bracketed && host.indexOf(':') >= 0) {
                    throw new IllegalArgumentException(text);
                }
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port < 1) {
                    throw new IllegalArgumentException(text);
                }
                return new InetSocketAddress(
                        parseAddress(bracketed ? host.substring(1, host.length() - 1) : host), port);
            });

    static final SettingType<PortRange> PORTS =
            new SettingType<>("two ports from 1024 to 65535, such as 10000-20000", text -> {
                int hyphen = text.indexOf('-');
                if (hyphen < 0) {
                    throw new IllegalArgumentException(text);
                }
                return new PortRange(
                        Integer.parseInt(text.substring(0, hyphen).strip()),
                        Integer.parseInt(text.substring(hyphen + 1).strip()));
            });

    static final SettingType<List<CodecType>> CODECS =
            new SettingType<>("a list of some of " + String.join(", ", codecNames()), SettingType::parseCodecs);

    static final SettingType<URI> WEB_ADDRESS = new SettingType<>("an http or https address", text -> {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
                throw new IllegalArgumentException(text);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    });

    static final SettingType<String> DIAL_TARGET = new SettingType<>(
            "a SIP address or a telephone number, such as sip:anna@192.0.2.7 or +4930123456",
            matching("sips?:[^\\s<>]+|" + NUMBER));

    static final SettingType<String> HOST = new SettingType<>(
            "a host, perhaps with a port, such as sip.example.com or 192.0.2.7:5070",
            matching("(?:[A-Za-z0-9_][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?"));

    static final SettingType<List<String>> ADDRESS_PATTERNS =
            new SettingType<>("addresses without sip:, such as *@pbx.example.com, separated by commas", text -> {
                List<String> patterns = new ArrayList<>();
                for (String part : text.split(",")) {
                    String pattern = part.strip();
                    if (!pattern.matches("[^@\\s:]+@[^@\\s:]+")) {
                        throw new IllegalArgumentException(text);
                    }
                    patterns.add(pattern);
                }
                return List.copyOf(patterns);
            });

    static final SettingType<Boolean> YES_NO =
            new SettingType<>("yes or no", text -> switch (text.toLowerCase(Locale.ROOT)) {
                case "yes", "true", "on" -> true;
                case "no", "false", "off" -> false;
                default -> throw new IllegalArgumentException(text);
            });

    static final SettingType<String> DATABASE_ADDRESS = new SettingType<>(
            "a PostgreSQL address, such as jdbc:postgresql://db:5432/trunkline", matching("jdbc:postgresql:\\S+"));

    static final SettingType<String> NAME =
            new SettingType<>("letters, digits, dots and hyphens", matching("[A-Za-z0-9][A-Za-z0-9._-]{0,62}"));

    static SettingType<Integer> number(int least, int most) {
        return new SettingType<>("a whole number, " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    static SettingType<Integer> numberOrZero(int least, int most) {
        return new SettingType<>("0, or a whole number, " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            if (number != 0 && (number < least || number > most)) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    static <E extends Enum<E>> SettingType<E> oneOf(Class<E> words) {
        List<String> names = new ArrayList<>();
        for (E word : words.getEnumConstants()) {
            names.add(word.name().toLowerCase(Locale.ROOT));
        }
        return new SettingType<>(
                "one of " + String.join(", ", names), text -> Enum.valueOf(words, text.toUpperCase(Locale.ROOT)));
    }

    T parse(String text) {
        return parser.apply(text);
    }

    private static Function<String, String> matching(String pattern) {
        return text -> {
            if (!text.matches(pattern)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        };
    }

    private static List<String> codecNames() {
        return Codecs.known().stream()
                .map(codec -> codec.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<CodecType> parseCodecs(String text) {
        List<CodecType> codecs = new ArrayList<>();
        for (String name : text.split(",")) {
            CodecType codec = Codecs.known().stream()
                    .filter(known -> known.name().equalsIgnoreCase(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(name));
            if (codecs.contains(codec)) {
                throw new IllegalArgumentException(name);
            }
            codecs.add(codec);
        }
        return List.copyOf(codecs);
    }

    private static InetAddress parseAddress(String text) {
        // the class library would take 1.2.3 for 1.2.0.3
        if (!text.equals("localhost") && !text.contains(":") && !text.matches("\\d+\\.\\d+\\.\\d+\\.\\d+")) {
            throw new IllegalArgumentException(text);
        }
        try {
            return text.equals("localhost") ? InetAddress.getByName("127.0.0.1") : InetAddress.ofLiteral(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
