package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.transport.SipScheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line a minute for each kind of trouble and source, and never more than twenty a second in all, so that a flood of
 * bad packets is no flood of lines. SIP thread only.
 */
final class RateLimitedLog {

    private static final long QUIET_MS = 60_000;
    private static final int KEPT = 1_024;
    private static final int A_SECOND = 20;

    private final Logger log;
    private final SipScheduler scheduler;
    private final Map<String, Long> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > KEPT;
        }
    };
    private long second;
    private int inSecond;

    RateLimitedLog(Logger log, SipScheduler scheduler) {
        this.log = log;
        this.scheduler = scheduler;
    }

    /** Says it, or not. */
    void warn(String kind, String source, String line) {
        long now = scheduler.now();
        String key = kind + '|' + source;
        Long before = last.get(key);
        if (before != null && now - before < QUIET_MS) {
            return;
        }
        last.put(key, now);
        if (now / 1_000 != second) {
            second = now / 1_000;
            inSecond = 0;
        }
        if (inSecond++ < A_SECOND) {
            log.log(Level.WARNING, line);
        }
    }
}
