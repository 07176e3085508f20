package dev.trunkline.app.config;

/** Writes the table of settings down for people: as an example file and as a table in Markdown. */
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

    /** A table in Markdown. */
    public static String markdown() {
        StringBuilder out = new StringBuilder();
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
        return out.toString();
    }
}
