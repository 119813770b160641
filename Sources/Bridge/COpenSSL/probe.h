// A client that only wants to know whether a TLS server answers.
#pragma once

#include <sys/socket.h>
#include <sys/time.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

// Connects to `address` (host:port) and begins a handshake. 1 where it comes to its end or the
// server ends it by an alert, 0 where there is no answer in time. Blocks.
static inline int artel_tls_probe(const char *address, int seconds) {
  int answered = 0;
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  BIO *connection = context ? BIO_new_connect(address) : NULL;
  SSL *tls = connection ? SSL_new(context) : NULL;
  int socket = -1;
  if (tls && BIO_do_connect(connection) == 1 && BIO_get_fd(connection, &socket) >= 0) {
    struct timeval limit = {.tv_sec = seconds};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    static const unsigned char h2[] = {2, 'h', '2'};
    SSL_set_alpn_protos(tls, h2, sizeof(h2));
    ERR_clear_error();
    BIO_up_ref(connection);
    SSL_set_bio(tls, connection, connection);  // Takes over the reference.
    // An alert that was received is an error with a reason above SSL_AD_REASON_OFFSET.
    answered = SSL_connect(tls) == 1 || ERR_GET_REASON(ERR_peek_last_error()) > SSL_AD_REASON_OFFSET;
  }
  ERR_clear_error();
  SSL_free(tls);
  BIO_free_all(connection);
  SSL_CTX_free(context);
  return answered;
}
