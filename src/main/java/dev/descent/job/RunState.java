package dev.descent.job;

/** What a worker learns about its job when it writes. */
enum RunState {
    GO_ON,
    CANCEL
}
