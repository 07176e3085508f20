package dev.trunkline.app.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accounts that we have with telephone companies, and that others have with us. Immutable.
 *
 * @param trunks in the order in which they are written down
 * @param users passwords of callers by user; empty if everybody may call
 * @param srtp whether sound is protected
 */
public record Accounts(List<Trunk> trunks, Map<String, Secret> users, Protection srtp) {

    /** Neither. */
    public static final Accounts NONE = new Accounts(List.of(), Map.of(), Protection.OPTIONAL);

    public Accounts {
        trunks = List.copyOf(trunks);
        users = Map.copyOf(users);
    }

    /**
     * An account with a telephone company.
     *
     * @param name ours
     * @param user the account's name, perhaps with a domain
     * @param digestUser the name that goes with the password
     * @param password its password
     * @param registrar host, perhaps with a port
     * @param proxy where messages go first, like a registrar; null for the registrar
     * @param transport what carries them
     * @param register whether it must be told where we are
     * @param expires for how long we ask to be registered
     * @param agent who answers when nobody has the dialled number
     * @param number shown to those whom we call; empty for the account's own
     * @param identity how the number is told
     */
    public record Trunk(
            String name,
            String user,
            String digestUser,
            Secret password,
            String registrar,
            @Nullable String proxy,
            TrunkTransport transport,
            boolean register,
            Duration expires,
            String agent,
            String number,
            CallerIdentity identity) {}

    static Accounts read(SettingsReader settings) {
        List<Trunk> trunks = new ArrayList<>();
        if (AccountSettings.TRUNK_ESSENTIALS.stream().anyMatch(settings::has)) {
            trunks.add(new OneTrunk(settings, "").read());
        }
        for (String name : settings.names(AccountSettings.TRUNKS)) {
            trunks.add(new OneTrunk(settings, name).read());
        }
        return new Accounts(trunks, users(settings), settings.get(AccountSettings.SRTP));
    }

    private static Map<String, Secret> users(SettingsReader settings) {
        Map<String, Secret> users = new LinkedHashMap<>();
        String one = settings.get(AccountSettings.USER, "");
        Secret password = settings.get(AccountSettings.PASSWORD, Secret.NONE);
        if (one.isEmpty() != password.isEmpty()) {
            settings.refuse(
                    one.isEmpty() ? AccountSettings.PASSWORD : AccountSettings.USER,
                    "does nothing without "
                            + (one.isEmpty() ? AccountSettings.USER : AccountSettings.PASSWORD).variable());
        } else if (!one.isEmpty()) {
            users.put(one, password);
        }
        for (String name : settings.names(AccountSettings.USERS)) {
            users.put(name, settings.get(AccountSettings.USERS.of(AccountSettings.USERS_PASSWORD, name), Secret.NONE));
        }
        return users;
    }

    /** Reads the settings of the only trunk (its name is empty then), or of one of several. */
    private record OneTrunk(SettingsReader settings, String name) {

        Trunk read() {
            boolean register = settings.get(named(AccountSettings.TRUNK_REGISTER));
            need(AccountSettings.TRUNK_REGISTRAR);
            if (register) {
                need(AccountSettings.TRUNK_USER);
                need(AccountSettings.TRUNK_PASSWORD);
            }
            String user = settings.get(named(AccountSettings.TRUNK_USER), "trunkline");
            return new Trunk(
                    name.isEmpty() ? "trunk" : name,
                    user,
                    settings.get(named(AccountSettings.TRUNK_DIGEST_USER), user.replaceFirst("@.*", "")),
                    settings.get(named(AccountSettings.TRUNK_PASSWORD), Secret.NONE),
                    settings.get(named(AccountSettings.TRUNK_REGISTRAR), "missing.invalid"),
                    settings.find(named(AccountSettings.TRUNK_PROXY)),
                    settings.get(named(AccountSettings.TRUNK_TRANSPORT)),
                    register,
                    Duration.ofSeconds(settings.get(named(AccountSettings.TRUNK_EXPIRES))),
                    settings.get(named(AccountSettings.TRUNK_AGENT)),
                    settings.get(named(AccountSettings.TRUNK_NUMBER), ""),
                    settings.get(named(AccountSettings.TRUNK_IDENTITY)));
        }

        private <T> Setting<T> named(Setting<T> setting) {
            return name.isEmpty() ? setting : AccountSettings.TRUNKS.of(setting, name);
        }

        private void need(Setting<?> setting) {
            if (!settings.has(named(setting))) {
                settings.refuse(named(setting), "must be set: a trunk needs user, password and registrar");
            }
        }
    }
}
