package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transaction.ServerTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A REFER of the peer: 202, and NOTIFYs one after the other, or a refusal (RFC 3515, RFC 4488). */
final class PeerReferral implements ReferReply, ClientListener {

    private static final int STATE_SECONDS = 120;

    private final CallSession call;
    private final ServerTransaction transaction;
    private final Dialog dialog;
    private final SipCallEvent.ReferReceived event;
    private final boolean silent;
    private final Deque<String> fragments = new ArrayDeque<>();
    private boolean answered;
    private boolean accepted;
    private boolean told;
    private boolean pending;

    private PeerReferral(
            CallSession call,
            ServerTransaction transaction,
            Dialog dialog,
            SipUri target,
            @Nullable ReplacedDialog replaces,
            String by) {
        this.call = call;
        this.transaction = transaction;
        this.dialog = dialog;
        this.event = new SipCallEvent.ReferReceived(target, Optional.ofNullable(replaces), by, this);
        String subscription = transaction.request().header(HeaderName.REFER_SUB);
        this.silent = subscription != null
                && subscription.strip().toLowerCase(Locale.ROOT).startsWith("false");
    }

    /** The referral of a REFER; null if it was refused for its form. */
    static @Nullable PeerReferral of(CallSession call, ServerTransaction transaction, Dialog dialog) {
        SipRequest refer = transaction.request();
        try {
            List<NameAddress> targets = refer.addresses(HeaderName.REFER_TO);
            if (targets.size() != 1) {
                call.agent.respond(transaction, 400, "Bad Request: needs one Refer-To", "");
                return null;
            }
            SipUri target = targets.getFirst().uri();
            String method = target.parameters().get("method");
            if (method != null && !method.equalsIgnoreCase(SipMethod.INVITE)) {
                call.agent.respond(transaction, 501, "Not Implemented: only calls can be placed", "");
                return null;
            }
            String replaces = target.uriHeader(HeaderName.REPLACES);
            String by = refer.header(HeaderName.REFERRED_BY);
            return new PeerReferral(
                    call,
                    transaction,
                    dialog,
                    target.asRequestUri(),
                    replaces == null ? null : ReplacedDialog.parse(replaces),
                    by == null ? "" : by);
        } catch (SipParseException e) {
            call.agent.respond(transaction, 400, "Bad Request: Refer-To", "");
            return null;
        }
    }

    SipCallEvent.ReferReceived event() {
        return event;
    }

    boolean isRunning() {
        return !answered || accepted && !told;
    }

    @Override
    public void accept() {
        call.agent.scheduler().execute(() -> {
            if (answered) {
                return;
            }
            answered = true;
            accepted = true;
            SipResponse response = SipResponse.to(transaction.request(), 202, ReasonPhrase.of(202), "");
            response.headers()
                    .add(
                            HeaderName.CONTACT,
                            call.agent
                                    .contact(dialog.local().uri().userName(), transaction.source())
                                    .toString());
            if (silent) {
                response.headers().add(HeaderName.REFER_SUB, "false");
            }
            transaction.respond(call.agent.completed(response));
            enqueue(100, ReasonPhrase.of(100));
        });
    }

    @Override
    public void reject(int status, String reason) {
        call.agent.scheduler().execute(() -> {
            if (!answered) {
                answered = true;
                call.agent.respond(transaction, status, reason.isEmpty() ? ReasonPhrase.of(status) : reason, "");
            }
        });
    }

    @Override
    public void tell(int status, String reason) {
        call.agent.scheduler().execute(() -> {
            if (accepted && !told) {
                told = status >= 200;
                enqueue(status, reason.isEmpty() ? ReasonPhrase.of(status) : reason);
            }
        });
    }

    private void enqueue(int status, String reason) {
        if (!silent) {
            fragments.add(SipFragment.of(status, reason));
            if (!pending) {
                next();
            }
        }
    }

    private void next() {
        String fragment = fragments.poll();
        pending = fragment != null;
        if (fragment == null) {
            return;
        }
        boolean last = SipFragment.status(fragment) >= 200;
        SipRequest notify = dialog.request(SipMethod.NOTIFY);
        notify.headers()
                .add(HeaderName.EVENT, "refer")
                .add(
                        HeaderName.SUBSCRIPTION_STATE,
                        last ? "terminated;reason=noresource" : "active;expires=" + STATE_SECONDS);
        notify.body(SipFragment.CONTENT_TYPE + ";version=2.0", fragment.getBytes(StandardCharsets.UTF_8));
        call.agent.send(dialog, notify, this);
    }

    @Override
    public void onResponse(SipResponse response) {
        if (response.status() >= 300) {
            // The peer does not care.
            fragments.clear();
        }
        if (!response.isProvisional()) {
            next();
        }
    }

    @Override
    public void onNoResponse(Failure failure) {
        fragments.clear();
        pending = false;
    }
}
