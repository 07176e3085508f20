package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * Stands between a request and who made it: answers 401 and 407 with a repetition that carries the proof, and lets
 * everything else through. SIP thread only.
 */
final class Challenges implements ClientListener {

    static final String WWW_AUTHENTICATE = "WWW-Authenticate";

    private final DigestClient credentials;
    private final ClientListener answers;
    private final UnaryOperator<SipRequest> renumber;
    private final BiConsumer<SipRequest, ClientListener> send;
    private SipRequest request;
    private int rounds;

    /**
     * For one request.
     *
     * @param request as it was sent
     * @param renumber makes the same request with the next sequence number
     * @param send sends the repetition
     */
    Challenges(
            DigestClient credentials,
            SipRequest request,
            ClientListener answers,
            UnaryOperator<SipRequest> renumber,
            BiConsumer<SipRequest, ClientListener> send) {
        this.credentials = credentials;
        this.request = request;
        this.answers = answers;
        this.renumber = renumber;
        this.send = send;
    }

    static boolean isChallenge(SipResponse response) {
        return response.status() == 401 || response.status() == 407;
    }

    @Override
    public void onResponse(SipResponse response) {
        if (isChallenge(response)
                && credentials.onChallenge(request, response, ++rounds) == DigestClient.Outcome.REPEAT) {
            request = renumber.apply(request);
            credentials.authorize(request);
            send.accept(request, this);
            return;
        }
        if (response.isSuccess()) {
            credentials.onSuccess(response);
        }
        answers.onResponse(response);
    }

    @Override
    public void onNoResponse(Failure failure) {
        answers.onNoResponse(failure);
    }
}
