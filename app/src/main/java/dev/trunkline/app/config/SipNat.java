package dev.trunkline.app.config;

/** Whether callers behind routers are answered where they send from. */
enum SipNat {
    AUTO,
    OFF
}
