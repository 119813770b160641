#pragma once

// libfido2: the parts that check what authenticators have signed. No device is ever opened.
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

// Macros and enumerators as constants of known types.
static const int artel_cose_es256 = COSE_ES256;
static const int artel_cose_eddsa = COSE_EDDSA;
static const int artel_cose_rs256 = COSE_RS256;
static const int artel_fido_ok = FIDO_OK;
static const fido_opt_t artel_fido_true = FIDO_OPT_TRUE;
static const fido_opt_t artel_fido_omit = FIDO_OPT_OMIT;
