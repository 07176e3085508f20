package dev.trunkline.telephony.sip.digest;

/**
 * A user and the password. Immutable.
 *
 * @param user as the registrar knows it
 * @param password never printed
 */
public record Credentials(String user, String password) {

    /** Never the password. */
    @Override
    public String toString() {
        return user + ":***";
    }
}
