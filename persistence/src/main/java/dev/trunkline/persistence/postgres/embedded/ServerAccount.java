package dev.trunkline.persistence.postgres.embedded;

import com.sun.security.auth.module.UnixSystem;
import dev.trunkline.persistence.postgres.embedded.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom the database's programs run as. PostgreSQL refuses root, so as root they run as somebody else by {@code setpriv}
 * (which needs no user namespace, so it works in a container); as anybody else they run as ourselves.
 *
 * @param uid the operating system's number of the user
 * @param gid its group
 * @param name how to call it in messages
 * @param dropped whether it is somebody else than us
 */
record ServerAccount(int uid, int gid, String name, boolean dropped) {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> CANDIDATES = List.of("trunkline", "postgres", "nobody");

    /**
     * The user who owns the database's files already; else the wanted one; else the first of trunkline, postgres and nobody
     * that this machine knows.
     */
    static ServerAccount choose(String wanted, Path cluster) throws IOException, InterruptedException {
        UnixSystem us = new UnixSystem();
        boolean exists = Files.isDirectory(cluster);
        if (us.getUid() != 0) {
            if (exists && number(cluster, "unix:uid") != us.getUid()) {
                throw new EmbeddedPostgresException("the database folder " + cluster + " belongs to another user (uid "
                        + number(cluster, "unix:uid") + "); start as that user or as root, or set TRUNKLINE_DATA_DIR");
            }
            return new ServerAccount((int) us.getUid(), (int) us.getGid(), us.getUsername(), false);
        }
        if (exists && number(cluster, "unix:uid") != 0) {
            int uid = number(cluster, "unix:uid");
            return new ServerAccount(uid, number(cluster, "unix:gid"), "uid " + uid, true);
        }
        List<String> names = wanted.isEmpty() ? CANDIDATES : List.of(wanted);
        for (String name : names) {
            Outcome uid = Program.run(List.of("id", "-u", name), LIMIT);
            Outcome gid = Program.run(List.of("id", "-g", name), LIMIT);
            if (uid.succeeded() && gid.succeeded() && !uid.output().strip().equals("0")) {
                return new ServerAccount(
                        Integer.parseInt(uid.output().strip()),
                        Integer.parseInt(gid.output().strip()),
                        name,
                        true);
            }
        }
        throw new EmbeddedPostgresException("PostgreSQL doesn't run as root, and no user to run it as was found (tried "
                + String.join(", ", names) + "); create one, or start Trunkline as an ordinary user");
    }

    private static int number(Path path, String attribute) throws IOException {
        return (Integer) Files.getAttribute(path, attribute);
    }

    /** The command, run as this account. */
    List<String> command(List<String> command) {
        if (!dropped) {
            return command;
        }
        List<String> whole = new ArrayList<>(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--no-new-privs", "--"));
        whole.addAll(command);
        return whole;
    }

    /** Runs a short program as this account. */
    Outcome run(String... command) throws IOException, InterruptedException {
        return Program.run(command(List.of(command)), LIMIT);
    }

    /** Fails with one line if we can't become this account. */
    void requireUsable() throws InterruptedException {
        if (!dropped) {
            return;
        }
        String why;
        try {
            Outcome outcome = run("true");
            if (outcome.succeeded()) {
                return;
            }
            why = outcome.output().strip();
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        throw new EmbeddedPostgresException("PostgreSQL doesn't run as root, and becoming " + name
                + " by setpriv (package util-linux) failed: " + why + "; start Trunkline as an ordinary user");
    }

    /** Whether this account can pass every folder above and enter that one. */
    boolean canEnter(Path folder) throws IOException, InterruptedException {
        return !dropped || run("test", "-x", folder + "/.").succeeded();
    }

    /** Gives it the file. */
    void own(Path path) throws IOException {
        if (dropped) {
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
