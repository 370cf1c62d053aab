"""What all tests share."""

import signal

# A shell's background job ignores Ctrl-C, and so would every program the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
