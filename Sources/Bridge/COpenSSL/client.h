// A TLS client over a connected socket, which waits for nothing by itself.
#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>

// What clients trust and speak: the authorities of a PEM file, TLS 1.2 at least. NULL where the file
// holds none. The caller frees it.
static inline SSL_CTX *artel_tls_client_context(const char *roots_file) {
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  if (context == NULL) return NULL;
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_mode(context, SSL_MODE_AUTO_RETRY);
  if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
      SSL_CTX_load_verify_locations(context, roots_file, NULL) != 1) {
    ERR_clear_error();
    SSL_CTX_free(context);
    return NULL;
  }
  return context;
}

// Makes ready for TLS with the server of a name, whose certificate has to be for it: NULL where that
// fails. The socket stays the caller's, which frees the connection before it closes the socket, and
// calls SSL_connect until the handshake is over.
static inline SSL *artel_tls_client_new(SSL_CTX *context, int socket, const char *host) {
  SSL *tls = SSL_new(context);
  if (tls == NULL) return NULL;
  if (SSL_set_fd(tls, socket) == 1 && SSL_set_tlsext_host_name(tls, host) == 1 &&
      SSL_set1_host(tls, host) == 1) {
    return tls;
  }
  ERR_clear_error();
  SSL_free(tls);
  return NULL;
}
