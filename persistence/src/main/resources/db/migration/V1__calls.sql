-- What is kept of each call. Times are UTC; a latency that was not measured is null; what has no column yet goes into details.

CREATE TABLE calls (
    id               text PRIMARY KEY,
    node             text NOT NULL,
    channel          text NOT NULL,
    direction        text NOT NULL,
    from_address     text NOT NULL,
    from_name        text NOT NULL,
    to_address       text NOT NULL,
    to_name          text NOT NULL,
    agent            text NOT NULL,
    mind             text NOT NULL,
    started_at       timestamptz NOT NULL,
    answered_at      timestamptz,
    ended_at         timestamptz,
    end_reason       text,
    end_detail       text NOT NULL DEFAULT '',
    packets_received bigint NOT NULL DEFAULT 0,
    packets_lost     bigint NOT NULL DEFAULT 0,
    packets_late     bigint NOT NULL DEFAULT 0,
    packets_sent     bigint NOT NULL DEFAULT 0,
    jitter_ms        double precision NOT NULL DEFAULT 0,
    underruns        bigint NOT NULL DEFAULT 0,
    details          jsonb NOT NULL DEFAULT '{}'
);

CREATE INDEX calls_newest ON calls (started_at DESC, id DESC);
CREATE INDEX calls_newest_of_agent ON calls (agent, started_at DESC, id DESC);
CREATE INDEX calls_of_caller ON calls (from_address, started_at DESC);
CREATE INDEX calls_open_on_node ON calls (node) WHERE ended_at IS NULL;

CREATE TABLE turns (
    call_id             text NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    number              integer NOT NULL,
    speaker             text NOT NULL,
    text                text NOT NULL,
    started_at          timestamptz NOT NULL,
    ended_at            timestamptz NOT NULL,
    interrupted         boolean NOT NULL,
    end_of_turn_wait_ms bigint,
    transcription_ms    bigint,
    thinking_ms         bigint,
    synthesis_ms        bigint,
    engine_ms           bigint,
    mouth_to_ear_ms     bigint,
    speculative         boolean NOT NULL,
    details             jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (call_id, number)
);

CREATE TABLE messages (
    call_id  text NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    number   integer NOT NULL,
    taken_at timestamptz NOT NULL,
    name     text NOT NULL,
    callback text NOT NULL,
    text     text NOT NULL,
    PRIMARY KEY (call_id, number)
);

CREATE INDEX messages_newest ON messages (taken_at DESC);
