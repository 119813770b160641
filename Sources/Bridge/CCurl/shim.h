#pragma once

// libcurl: e-mail by SMTP alone.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <string.h>

// Swift calls no variadic functions: one for each kind of argument.
static inline CURLcode artel_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode artel_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode artel_curl_set_list(
    CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

// The bytes are copied.
static inline CURLcode artel_curl_set_blob(
    CURL *handle, CURLoption option, const void *bytes, size_t size) {
  struct curl_blob blob = {(void *)bytes, size, CURL_BLOB_COPY};
  return curl_easy_setopt(handle, option, &blob);
}

// What is uploaded. Both have to outlive the transfer.
struct artel_curl_source {
  const char *bytes;
  size_t size;
  size_t offset;
};

static inline size_t artel_curl_read(char *buffer, size_t size, size_t count, void *context) {
  struct artel_curl_source *source = (struct artel_curl_source *)context;
  size_t left = source->size - source->offset;
  size_t taken = size * count < left ? size * count : left;
  memcpy(buffer, source->bytes + source->offset, taken);
  source->offset += taken;
  return taken;
}

static inline CURLcode artel_curl_set_source(CURL *handle, struct artel_curl_source *source) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, artel_curl_read);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_READDATA, source);
}

static inline CURLcode artel_curl_response_code(CURL *handle, long *code) {
  return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, code);
}

static inline CURLcode artel_curl_global_init(void) {
  return curl_global_init(CURL_GLOBAL_DEFAULT);
}

// Macros as constants of known types.
static const long artel_curl_use_ssl_all = CURLUSESSL_ALL;
static const long artel_curl_use_ssl_try = CURLUSESSL_TRY;
static const long artel_curl_tls_1_2 = CURL_SSLVERSION_TLSv1_2;
