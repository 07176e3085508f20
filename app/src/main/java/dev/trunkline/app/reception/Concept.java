package dev.trunkline.app.reception;

/** Things that people say in many words; which, is in concepts.txt. The caller's wishes are made of them in {@link Evidence}. */
enum Concept {
    /** Opening and closing. */
    OPEN,
    /** Nouns for opening hours. */
    HOURS,
    /** The same, but often of something else. */
    TIMES,
    /** Asks for a time. */
    WHEN,
    /** A day or a part of one. */
    DAY,
    /** Coming to the place. */
    VISIT,
    /** Being there. */
    PRESENCE,
    /** Doing business. */
    WORK,
    /** Asks for a place. */
    WHERE,
    /** Asks for one part of an address. */
    WHICH_STREET,
    /** Asks for our place. */
    WHERE_ARE_YOU,
    /** Nouns for an address. */
    PLACE,
    /** Words of a town. */
    BASED,
    /** The way to us. */
    GET_THERE,
    /** Means of travel. */
    TRANSPORT,
    /** Leaving a car. */
    PARKING,
    /** The place itself. */
    PREMISES,
    /** Asks for a price. */
    PRICE,
    /** The same, but often of something else. */
    RATE,
    /** Currencies. */
    MONEY,
    /** What can be bought. */
    ITEM,
    /** The name of something in the price list. */
    ITEM_NAME,
    /** Asks what something is. */
    WHAT_IS,
    /** Nouns for a message. */
    MESSAGE,
    /** Giving and taking one. */
    LEAVE,
    /** Wanting to be called. */
    CALL_BACK,
    /** Something to be passed on. */
    TELL,
    /** Anybody at all. */
    SOMEBODY,
    /** Those who may be there. */
    PEOPLE,
    /** Plainly a human. */
    OPERATOR,
    /** Talking. */
    TALK,
    /** Talking to somebody. */
    TALK_TO,
    /** Being connected. */
    CONNECT,
    /** What the receptionist is. */
    MACHINE,
    /** Asks what the other side is. */
    ARE_YOU,
    /** Parting words. */
    BYE,
    /** Having no more wishes. */
    DONE,
    /** Thanks. */
    THANK,
    /** Greetings. */
    HELLO,
    /** Asks how one is. */
    HOW_YOU,
    /** Asks who one is. */
    WHO,
    /** Asks for help. */
    CAN_DO,
    /** Asks whether one is heard. */
    HEAR_ME,
    /** Did not hear. */
    AGAIN,
    /** Perhaps did not hear. */
    PARDON,
    /** Takes a wish back. */
    FORGET,
    /** Needs a moment. */
    HOLD_ON,
    /** Familiar words in a question about something else. */
    ELSEWHERE,
    /** Ours. */
    YOUR;

    /** Whether its phrases mean something else than the words in them. */
    boolean absorbs() {
        return switch (this) {
            case BYE, DONE, ELSEWHERE, HOW_YOU, AGAIN, HOLD_ON, FORGET -> true;
            default -> false;
        };
    }
}
