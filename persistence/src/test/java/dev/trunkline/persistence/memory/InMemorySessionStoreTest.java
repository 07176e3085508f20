package dev.trunkline.persistence.memory;

import dev.trunkline.core.session.SessionStore;
import dev.trunkline.persistence.record.SessionStoreBehaviour;

class InMemorySessionStoreTest extends SessionStoreBehaviour {

    private final InMemorySessionStore store = new InMemorySessionStore();

    @Override
    protected SessionStore store() {
        return store;
    }
}
