package dev.trunkline.app.reception;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much each concept speaks for each wish, alone and together with another one. */
final class Evidence {

    /** Two concepts that say more together than apart. */
    private record Pair(Concept one, Concept other, double weight) {}

    private record Case(Map<Concept, Double> weights, List<Pair> pairs) {}

    private static final Map<Intent, Case> CASES = new EnumMap<>(Intent.class);

    static {
        CASES.put(
                Intent.HOURS,
                new Case(
                        Map.ofEntries(
                                Map.entry(Concept.OPEN, 2.0),
                                Map.entry(Concept.HOURS, 2.0),
                                Map.entry(Concept.TIMES, 1.0),
                                Map.entry(Concept.WHEN, 1.0),
                                Map.entry(Concept.DAY, 1.0),
                                Map.entry(Concept.VISIT, 0.6),
                                Map.entry(Concept.PRESENCE, 0.6),
                                Map.entry(Concept.WORK, 0.6),
                                Map.entry(Concept.PREMISES, 0.3),
                                Map.entry(Concept.SOMEBODY, 0.1),
                                Map.entry(Concept.PEOPLE, 0.1),
                                Map.entry(Concept.YOUR, 0.3),
                                Map.entry(Concept.ELSEWHERE, -3.0)),
                        List.of(
                                new Pair(Concept.WHEN, Concept.VISIT, 0.6),
                                new Pair(Concept.DAY, Concept.VISIT, 0.5),
                                new Pair(Concept.WHEN, Concept.PRESENCE, 0.6),
                                new Pair(Concept.DAY, Concept.PRESENCE, 0.6),
                                new Pair(Concept.DAY, Concept.PREMISES, 0.7),
                                new Pair(Concept.WHEN, Concept.WORK, 0.6),
                                new Pair(Concept.DAY, Concept.WORK, 0.6),
                                new Pair(Concept.TIMES, Concept.YOUR, 0.7),
                                new Pair(Concept.TIMES, Concept.DAY, 0.5))));
        CASES.put(
                Intent.ADDRESS,
                new Case(
                        Map.ofEntries(
                                Map.entry(Concept.WHERE, 1.4),
                                Map.entry(Concept.WHERE_ARE_YOU, 0.8),
                                Map.entry(Concept.PLACE, 2.0),
                                Map.entry(Concept.BASED, 1.0),
                                Map.entry(Concept.GET_THERE, 2.0),
                                Map.entry(Concept.TRANSPORT, 0.9),
                                Map.entry(Concept.PARKING, 2.0),
                                Map.entry(Concept.WHICH_STREET, 1.6),
                                Map.entry(Concept.PREMISES, 0.7),
                                Map.entry(Concept.VISIT, 0.2),
                                Map.entry(Concept.YOUR, 0.3),
                                Map.entry(Concept.ELSEWHERE, -3.0)),
                        List.of(
                                new Pair(Concept.WHERE, Concept.BASED, 0.6),
                                new Pair(Concept.WHERE, Concept.VISIT, 0.6),
                                new Pair(Concept.WHERE, Concept.PARKING, 0.6),
                                new Pair(Concept.TRANSPORT, Concept.VISIT, 1.0),
                                new Pair(Concept.TRANSPORT, Concept.WHERE, 0.3),
                                new Pair(Concept.TRANSPORT, Concept.BASED, 0.5))));
        CASES.put(
                Intent.PRICES,
                new Case(
                        Map.of(
                                Concept.PRICE, 2.0,
                                Concept.RATE, 1.4,
                                Concept.MONEY, 0.8,
                                Concept.ITEM, 0.7,
                                Concept.ITEM_NAME, 0.3,
                                Concept.WHAT_IS, 0.1,
                                Concept.YOUR, 0.4,
                                Concept.ELSEWHERE, -3.0),
                        List.of(
                                new Pair(Concept.ITEM_NAME, Concept.WHAT_IS, 1.0),
                                new Pair(Concept.MONEY, Concept.ITEM, 0.6),
                                new Pair(Concept.RATE, Concept.YOUR, 0.4))));
        CASES.put(
                Intent.MESSAGE,
                new Case(
                        Map.of(
                                Concept.MESSAGE, 2.3,
                                Concept.LEAVE, 0.5,
                                Concept.CALL_BACK, 2.3,
                                Concept.TELL, 2.3,
                                Concept.SOMEBODY, 0.3,
                                Concept.PEOPLE, 0.4,
                                Concept.ELSEWHERE, -3.0),
                        List.of(new Pair(Concept.LEAVE, Concept.MESSAGE, 0.8))));
        CASES.put(
                Intent.PERSON,
                new Case(
                        Map.of(
                                Concept.SOMEBODY, 0.8,
                                Concept.PEOPLE, 1.6,
                                Concept.OPERATOR, 0.8,
                                Concept.TALK, 0.7,
                                Concept.TALK_TO, 1.4,
                                Concept.CONNECT, 1.8,
                                Concept.PREMISES, 0.2),
                        List.of(
                                new Pair(Concept.TALK, Concept.PEOPLE, 0.8),
                                new Pair(Concept.TALK, Concept.SOMEBODY, 0.8),
                                new Pair(Concept.CONNECT, Concept.SOMEBODY, 0.6),
                                new Pair(Concept.CONNECT, Concept.PREMISES, 0.5))));
        CASES.put(
                Intent.GOODBYE,
                new Case(
                        Map.of(Concept.BYE, 2.4, Concept.DONE, 2.3, Concept.THANK, 0.1, Concept.HELLO, 0.0),
                        List.of()));
        CASES.put(Intent.CANCEL, new Case(Map.of(Concept.FORGET, 2.2, Concept.MESSAGE, 0.4), List.of()));
        CASES.put(Intent.REPEAT, new Case(Map.of(Concept.AGAIN, 2.4, Concept.PARDON, 1.5), List.of()));
        CASES.put(Intent.THANKS, new Case(Map.of(Concept.THANK, 2.1), List.of()));
        CASES.put(Intent.GREETING, new Case(Map.of(Concept.HELLO, 2.0), List.of()));
        CASES.put(Intent.HOW_ARE_YOU, new Case(Map.of(Concept.HOW_YOU, 2.5), List.of()));
        CASES.put(
                Intent.ARE_YOU_A_ROBOT,
                new Case(
                        Map.of(
                                Concept.MACHINE, 1.6,
                                Concept.ARE_YOU, 0.8,
                                Concept.PEOPLE, 0.6,
                                Concept.OPERATOR, 0.9,
                                Concept.TALK_TO, 0.2),
                        List.of(
                                new Pair(Concept.ARE_YOU, Concept.MACHINE, 2.0),
                                new Pair(Concept.ARE_YOU, Concept.PEOPLE, 2.6),
                                new Pair(Concept.ARE_YOU, Concept.OPERATOR, 1.2),
                                new Pair(Concept.TALK_TO, Concept.MACHINE, 0.6))));
        CASES.put(
                Intent.WHO_ARE_YOU,
                new Case(Map.of(Concept.WHO, 2.3, Concept.PREMISES, 0.2, Concept.TALK_TO, 0.5), List.of()));
        CASES.put(Intent.WHAT_CAN_YOU_DO, new Case(Map.of(Concept.CAN_DO, 2.1), List.of()));
        CASES.put(Intent.CAN_YOU_HEAR_ME, new Case(Map.of(Concept.HEAR_ME, 2.3), List.of()));
        CASES.put(Intent.WAIT, new Case(Map.of(Concept.HOLD_ON, 2.0), List.of()));
    }

    private Evidence() {}

    /** How much that concept alone says for the wish; 0 if nothing. */
    static double weight(Intent intent, Concept concept) {
        Case c = CASES.get(intent);
        return c == null ? 0 : c.weights().getOrDefault(concept, 0.0);
    }

    /** What those concepts say for the wish, each with the certainty (0 to 1) with which it was heard. */
    static double score(Intent intent, Map<Concept, Double> heard) {
        Case c = CASES.get(intent);
        if (c == null) {
            return 0;
        }
        double score = 0;
        for (Map.Entry<Concept, Double> entry : heard.entrySet()) {
            score += c.weights().getOrDefault(entry.getKey(), 0.0) * entry.getValue();
        }
        Set<Concept> all = heard.keySet();
        for (Pair pair : c.pairs()) {
            if (all.contains(pair.one()) && all.contains(pair.other())) {
                score += pair.weight();
            }
        }
        return score;
    }
}
