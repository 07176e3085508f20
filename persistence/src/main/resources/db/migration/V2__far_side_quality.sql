-- What the far side's reports told, and the estimates of quality; null where nobody reported or nothing was heard.

ALTER TABLE calls
    ADD COLUMN round_trip_ms    double precision,
    ADD COLUMN far_loss_percent double precision,
    ADD COLUMN far_jitter_ms    double precision,
    ADD COLUMN mean_opinion     double precision,
    ADD COLUMN far_mean_opinion double precision;
