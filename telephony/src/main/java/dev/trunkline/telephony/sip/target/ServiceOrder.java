package dev.trunkline.telephony.sip.target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Puts SRV records into the order in which they are tried: by priority, and by lot within one (RFC 2782). */
final class ServiceOrder {

    private ServiceOrder() {}

    static List<ServiceRecord> of(List<ServiceRecord> records, RandomGenerator random) {
        List<ServiceRecord> left = new ArrayList<>(records);
        // Those of weight 0 come first, so that they have a small chance beside the others.
        left.sort(Comparator.comparingInt(ServiceRecord::priority).thenComparingInt(ServiceRecord::weight));
        List<ServiceRecord> ordered = new ArrayList<>(left.size());
        while (!left.isEmpty()) {
            int priority = left.getFirst().priority();
            int sum = left.stream()
                    .filter(record -> record.priority() == priority)
                    .mapToInt(ServiceRecord::weight)
                    .sum();
            int lot = random.nextInt(sum + 1);
            int running = 0;
            for (ServiceRecord record : left) {
                running += record.weight();
                if (running >= lot) {
                    ordered.add(record);
                    left.remove(record);
                    break;
                }
            }
        }
        return ordered;
    }
}
