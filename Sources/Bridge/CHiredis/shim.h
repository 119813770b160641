#pragma once

// hiredis: connecting in time, and the protocol's writer and reader. Bytes are sent and received by
// ourselves: the version of Debian 12 speaks no TLS.
#include <hiredis/hiredis.h>
