#pragma once

// libcrypto and libssl of OpenSSL 3. Everything LibCrypto calls is a plain function: no shim is
// needed for macros, and none of the deprecated low-level interfaces is used. What libssl has as
// macros is in tls.h.
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "client.h"
#include "probe.h"
#include "tls.h"
