package dev.trunkline.app.reception;

/** What a caller may want of the receptionist. */
enum Intent {
    HOURS(Family.FACT),
    ADDRESS(Family.FACT),
    PRICES(Family.FACT),
    MESSAGE(Family.ACTION),
    PERSON(Family.ACTION),
    GOODBYE(Family.ACTION),
    CANCEL(Family.ACTION),
    REPEAT(Family.CONTROL),
    THANKS(Family.SMALL_TALK),
    GREETING(Family.SMALL_TALK),
    HOW_ARE_YOU(Family.SMALL_TALK),
    ARE_YOU_A_ROBOT(Family.SMALL_TALK),
    WHO_ARE_YOU(Family.SMALL_TALK),
    WHAT_CAN_YOU_DO(Family.SMALL_TALK),
    CAN_YOU_HEAR_ME(Family.SMALL_TALK),
    WAIT(Family.CONTROL);

    /** What kind of wish it is. */
    enum Family {
        /** A question about the place; foreign words in it make it a question about something else. */
        FACT,
        /** Something to be done; can be declined as well as asked for. */
        ACTION,
        CONTROL,
        SMALL_TALK
    }

    private final Family family;

    Intent(Family family) {
        this.family = family;
    }

    Family family() {
        return family;
    }
}
