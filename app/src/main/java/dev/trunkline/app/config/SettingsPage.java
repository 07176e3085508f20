package dev.trunkline.app.config;

/** Writes the table of settings down for people: as an example file and as a page in Markdown. */
public final class SettingsPage {

    private SettingsPage() {}

    /** The content of {@code .env.example}: every setting with its default, commented out. */
    public static String envExample() {
        StringBuilder out = new StringBuilder();
        out.append("""
                # The settings of Trunkline. Copy this file to .env and change what you need; what is commented out
                # has the value shown. The environment goes before .env, and .env before trunkline.yaml.
                # Made by: ./trunkline config --env-example > .env.example
                """);
        for (Setting<?> setting : Settings.ALL) {
            out.append("\n# ").append(setting.about());
            out.append(".\n# It is ").append(setting.type().description());
            if (!setting.whenUnset().isEmpty()) {
                out.append("; if not set: ").append(setting.whenUnset());
            }
            out.append(".\n# ").append(setting.variable()).append('=').append(setting.standard());
            out.append('\n');
        }
        return out.toString();
    }

    /** The content of {@code docs/configuration.md}: every setting in one table. */
    public static String markdown() {
        StringBuilder out = new StringBuilder();
        out.append("""
                # Settings

                Each setting is looked for in the environment, then in a file `.env` in the working folder, then in a file
                `trunkline.yaml` there; the first that has it gives it, and an empty value is the same as none. What is not
                known is refused with the nearest name that is. `./trunkline config` shows what is set, and where.

                In `trunkline.yaml` the dots are levels:

                ```yaml
                http:
                  port: 8081
                person: sip:anna@192.0.2.7
                ```

                Several trunks, and several callers with a password, stand there with names of your choice; each trunk has
                what the settings `trunk.` below have:

                ```yaml
                trunks:
                  placetel:
                    user: 777abc@fpbx.de
                    password: secret
                    registrar: fpbx.de
                  pbx:
                    registrar: 192.0.2.9
                    register: no
                    agent: echo
                sip:
                  users:
                    anna: her password
                ```

                """);
        out.append("| environment, `.env` | `trunkline.yaml` | default | what it does |\n|---|---|---|---|\n");
        for (Setting<?> setting : Settings.ALL) {
            out.append("| `").append(setting.variable()).append("` | `").append(setting.path());
            out.append("` | ")
                    .append(setting.standard().isEmpty() ? setting.whenUnset() : "`" + setting.standard() + "`");
            out.append(" | ")
                    .append(setting.about())
                    .append(" (")
                    .append(setting.type().description());
            out.append("). |\n");
        }
        out.append("\nThis page is made by `./trunkline config --markdown > docs/configuration.md`.\n");
        return out.toString();
    }
}
