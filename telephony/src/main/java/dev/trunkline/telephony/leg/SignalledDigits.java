package dev.trunkline.telephony.leg;

/** Keys by way of a call's signalling. */
public interface SignalledDigits {

    /** A channel whose signalling has no keys. */
    SignalledDigits NONE = new SignalledDigits() {
        @Override
        public boolean possible() {
            return false;
        }

        @Override
        public boolean taken() {
            return false;
        }

        @Override
        public void send(String keys) {}
    };

    /** Whether the channel knows such a way at all. */
    boolean possible();

    /** Whether the far side has said that it takes them. */
    boolean taken();

    /** Sends keys of 0 to 9, *, #, A to D in their order. */
    void send(String keys);
}
