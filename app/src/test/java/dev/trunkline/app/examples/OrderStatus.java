package dev.trunkline.app.examples;

import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.scenario.Outcome;
import dev.trunkline.core.scenario.Reply;
import dev.trunkline.core.scenario.Scenario;
import dev.trunkline.core.scenario.Session;
import java.util.Map;

/** Tells callers where their order is. */
public final class OrderStatus implements Scenario {

    private static final Expectation ORDER_NUMBER = Expectation.digits(4);

    private final Map<String, String> orders;

    public OrderStatus(Map<String, String> orders) {
        this.orders = Map.copyOf(orders);
    }

    @Override
    public Reply onCallStart(Session session) {
        return Reply.ask("Good day. What is your order number?", ORDER_NUMBER);
    }

    @Override
    public Reply onTranscript(Session session, String text) {
        if (session.memory().get("asked").isPresent()) {
            return text.toLowerCase().contains("yes")
                    ? Reply.say("One moment, please.").connect()
                    : Reply.say("Goodbye.").hangUp();
        }
        return answer(session, text.replaceAll("\\D", ""));
    }

    @Override
    public Reply onDtmf(Session session, String digits) {
        return answer(session, digits);
    }

    @Override
    public Reply onOutcome(Session session, Outcome outcome) {
        return Reply.say("I'm sorry, nobody is free right now. Goodbye.").hangUp();
    }

    private Reply answer(Session session, String number) {
        String state = orders.get(number);
        if (state == null) {
            return Reply.ask("I can't find that number. Please key it in.", ORDER_NUMBER);
        }
        session.memory().put("asked", "person");
        return Reply.say("Your order is " + state + ".")
                .andSay("Would you like to talk to somebody about it?")
                .expecting(Expectation.YES_NO);
    }
}
