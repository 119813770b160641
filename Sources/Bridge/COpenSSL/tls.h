// libssl's macros that Swift cannot see, as functions.
#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

enum {
  artel_tls1_2 = TLS1_2_VERSION,
  artel_ext_server_name = TLSEXT_TYPE_server_name,
  artel_ext_alpn = TLSEXT_TYPE_application_layer_protocol_negotiation,
};

// How this server speaks TLS at all: 1.2 with forward secrecy and AEAD, 1.3, no resumption, no
// early data, no compression, no renegotiation. 0 where libssl refuses a part of it.
static inline int artel_tls_harden(SSL_CTX *context) {
  SSL_CTX_set_options(
      context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET |
                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(
      context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                   SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_security_level(context, 2);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_num_tickets(context, 0) == 1 &&
         SSL_CTX_set_max_early_data(context, 0) == 1 &&
         SSL_CTX_set_ciphersuites(
             context, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256")
             == 1 &&
         SSL_CTX_set_cipher_list(
             context, "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                      "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                      "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305") == 1 &&
         SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1;
}

// How many handshake messages one read takes behind the handshake before the rest of the input is
// cut off: libssl itself reads on until there is data, however many there are.
enum { artel_tls_most_late_messages = 64 };

// Counts what a client sends behind its handshake besides data: key updates of TLS 1.3, hellos of
// TLS 1.2 that ask for the renegotiation that is refused. Each costs far more than its bytes, and
// nobody above libssl sees them.
static inline void artel_tls_count_late_message(
    int is_write, int version, int content_type, const void *bytes, size_t length, SSL *tls,
    void *counter) {
  (void)version;
  (void)bytes;
  if (is_write || content_type != SSL3_RT_HANDSHAKE || length == 0) return;
  int *count = counter;
  // Behind this, libssl reads from nothing: the loop in its read ends.
  if (++*count == artel_tls_most_late_messages) SSL_set0_rbio(tls, BIO_new(BIO_s_null()));
}

// Begins to count them, in an int that lives as long as the connection.
static inline void artel_tls_watch_late_messages(SSL *tls, int *counter) {
  SSL_set_msg_callback(tls, artel_tls_count_late_message);
  SSL_set_msg_callback_arg(tls, counter);
}

// The store that a connection's client certificate is verified with; the connection takes a
// reference of its own.
static inline int artel_tls_verify_with(SSL *tls, X509_STORE *store) {
  return SSL_set1_verify_cert_store(tls, store) == 1;
}

// Excuses that an authority has no revocation list where it publishes none at all: a list of one
// authority must not shut out another one's clients. One that has a list which cannot be used (it
// is another key's, or stale) is not excused.
static inline int artel_store_verify_callback(int ok, X509_STORE_CTX *context) {
  if (ok || X509_STORE_CTX_get_error(context) != X509_V_ERR_UNABLE_TO_GET_CRL) return ok;
  X509 *subject = X509_STORE_CTX_get_current_cert(context);  // Borrowed.
  STACK_OF(X509_CRL) *lists =
      X509_STORE_CTX_get1_crls(context, X509_get_issuer_name(subject));
  int has_lists = sk_X509_CRL_num(lists) > 0;
  sk_X509_CRL_pop_free(lists, X509_CRL_free);
  if (has_lists) return 0;
  X509_STORE_CTX_set_error(context, X509_V_OK);
  return 1;
}

static inline void artel_store_excuse_missing_lists(X509_STORE *store) {
  X509_STORE_set_verify_cb(store, artel_store_verify_callback);
}

// The first URI among a certificate's alternative names, without a zero behind it; its length, or 0
// where there is none or no room for it.
static inline int artel_certificate_uri(X509 *certificate, char *out, int size) {
  GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
  int length = 0;
  for (int index = 0; index < sk_GENERAL_NAME_num(names) && length == 0; index++) {
    GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    if (name->type != GEN_URI) continue;
    int count = ASN1_STRING_length(name->d.uniformResourceIdentifier);
    if (count <= 0 || count > size) break;
    const unsigned char *text = ASN1_STRING_get0_data(name->d.uniformResourceIdentifier);
    for (; length < count; length++) out[length] = (char)text[length];
  }
  GENERAL_NAMES_free(names);
  return length;
}

// The number of certificates of a chain, and one of them, borrowed.
static inline int artel_chain_count(const STACK_OF(X509) *chain) {
  return chain ? sk_X509_num(chain) : 0;
}

static inline X509 *artel_chain_certificate(const STACK_OF(X509) *chain, int index) {
  return sk_X509_value(chain, index);
}

// A name as RFC 4514 writes it, UTF-8 as it is.
static inline int artel_print_name(BIO *out, const X509_NAME *name) {
  return X509_NAME_print_ex(out, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
}

// What a read from a memory BIO can see without a copy.
static inline size_t artel_memory_contents(BIO *memory, const char **bytes) {
  char *start = NULL;
  long count = BIO_get_mem_data(memory, &start);
  *bytes = start;
  return count > 0 ? (size_t)count : 0;
}
