package dev.trunkline.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings that come once for each of several things with names: {@code trunks.placetel.user}. They are for {@code
 * trunkline.yaml} alone; the name is the user's to choose.
 *
 * @param path what stands before the name: {@code trunks}
 * @param single what stands before the member where there is one thing only and it needs no name: {@code trunk}
 * @param members the settings of one thing as they are without a name; a single one of the path itself means that the
 *     name has the value at once: {@code sip.users.anna: secret}
 */
record SettingFamily(String path, String single, List<Setting<?>> members) {

    /** The setting of that path, if it is one of this family. */
    Optional<Setting<?>> member(String wanted) {
        String name = nameIn(wanted);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        for (Setting<?> setting : members) {
            if (pathOf(setting, name).equals(wanted)) {
                return Optional.of(of(setting, name));
            }
        }
        return Optional.empty();
    }

    /** The same setting for the thing of that name. */
    <T> Setting<T> of(Setting<T> setting, String name) {
        return new Setting<>(
                pathOf(setting, name), setting.type(), setting.standard(), setting.whenUnset(), setting.about());
    }

    private String pathOf(Setting<?> setting, String name) {
        return path + "." + name + setting.path().substring(single.length());
    }

    /** All paths that the thing named in this one may have: what somebody may have meant. */
    List<String> candidates(String wanted) {
        String name = nameIn(wanted);
        List<String> paths = new ArrayList<>();
        if (!name.isEmpty()) {
            members.forEach(setting -> paths.add(pathOf(setting, name)));
        }
        return paths;
    }

    /** The name in a path of this family, empty for a path of another kind. */
    String nameIn(String wanted) {
        if (!wanted.startsWith(path + ".")) {
            return "";
        }
        String rest = wanted.substring(path.length() + 1);
        boolean bare = members.size() == 1 && members.getFirst().path().equals(single);
        int dot = bare ? -1 : rest.indexOf('.');
        return dot < 0 && !bare ? "" : bare ? rest : rest.substring(0, dot);
    }
}
