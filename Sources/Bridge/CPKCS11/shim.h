#pragma once

// PKCS #11: one AES key of one token, which seals and opens and never leaves it. The module is loaded by
// its path; only the header is p11-kit's.
#include <dlfcn.h>
#include <p11-kit-1/p11-kit/pkcs11.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// A module that is loaded, with the session in which the key is used. Used by one thread at a time.
typedef struct {
  void *library;
  CK_FUNCTION_LIST_PTR functions;
  CK_SESSION_HANDLE session;
  CK_OBJECT_HANDLE key;
  bool is_open;
} artel_p11;

// Results of ours, in the range that the standard leaves to vendors.
static const unsigned long artel_p11_ok = CKR_OK;
static const unsigned long artel_p11_no_module = CKR_VENDOR_DEFINED | 0x4101UL;
static const unsigned long artel_p11_no_token = CKR_VENDOR_DEFINED | 0x4102UL;
static const unsigned long artel_p11_no_key = CKR_VENDOR_DEFINED | 0x4103UL;
static const unsigned long artel_p11_two_keys = CKR_VENDOR_DEFINED | 0x4104UL;
static const unsigned long artel_p11_weak_key = CKR_VENDOR_DEFINED | 0x4105UL;
static const unsigned long artel_p11_last_try = CKR_VENDOR_DEFINED | 0x4106UL;
static const unsigned long artel_p11_wrong_pin = CKR_PIN_INCORRECT;
static const unsigned long artel_p11_locked_pin = CKR_PIN_LOCKED;
static const unsigned long artel_p11_wrong_data = CKR_ENCRYPTED_DATA_INVALID;

static inline unsigned long artel_p11_initialize(artel_p11 *p11) {
  CK_C_INITIALIZE_ARGS arguments;
  memset(&arguments, 0, sizeof arguments);
  arguments.flags = CKF_OS_LOCKING_OK;
  CK_RV result = p11->functions->C_Initialize(&arguments);
  return result == CKR_CRYPTOKI_ALREADY_INITIALIZED ? CKR_OK : result;
}

/// Takes the functions of a module that is loaded.
static inline unsigned long artel_p11_use(artel_p11 *p11, CK_FUNCTION_LIST_PTR functions) {
  memset(p11, 0, sizeof *p11);
  p11->functions = functions;
  return artel_p11_initialize(p11);
}

/// Loads a module. It stays loaded: others of the process may use it as well.
static inline unsigned long artel_p11_load(artel_p11 *p11, const char *path) {
  memset(p11, 0, sizeof *p11);
  p11->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (p11->library == NULL) return artel_p11_no_module;
  CK_C_GetFunctionList list = (CK_C_GetFunctionList)dlsym(p11->library, "C_GetFunctionList");
  if (list == NULL || list(&p11->functions) != CKR_OK) return artel_p11_no_module;
  return artel_p11_initialize(p11);
}

/// Whether a token refused a PIN: each further try may be the one that locks it.
static inline bool artel_p11_is_refused_pin(unsigned long result) {
  switch (result) {
  case CKR_PIN_INCORRECT:
  case CKR_PIN_INVALID:
  case CKR_PIN_LEN_RANGE:
  case CKR_PIN_EXPIRED:
  case CKR_PIN_LOCKED:
    return true;
  default:
    return false;
  }
}

static inline void artel_p11_close(artel_p11 *p11) {
  if (p11->is_open) p11->functions->C_CloseSession(p11->session);
  p11->is_open = false;
}

/// The slot of the token with a label; labels are padded with spaces.
static inline unsigned long artel_p11_slot(
    artel_p11 *p11, const char *label, CK_SLOT_ID *found) {
  CK_SLOT_ID slots[64];
  CK_ULONG count = 0;
  // Without a place for the list, the module looks which tokens are there by now.
  CK_RV result = p11->functions->C_GetSlotList(CK_TRUE, NULL, &count);
  if (result != CKR_OK) return result;
  count = sizeof slots / sizeof slots[0];
  result = p11->functions->C_GetSlotList(CK_TRUE, slots, &count);
  if (result != CKR_OK) return result;
  size_t length = strlen(label);
  for (CK_ULONG index = 0; index < count; index++) {
    CK_TOKEN_INFO info;
    if (p11->functions->C_GetTokenInfo(slots[index], &info) != CKR_OK) continue;
    size_t end = sizeof info.label;
    while (end > 0 && info.label[end - 1] == ' ') end--;
    if (end == length && memcmp(info.label, label, length) == 0) {
      *found = slots[index];
      return CKR_OK;
    }
  }
  return artel_p11_no_token;
}

/// Whether the next wrong PIN would lock the token, or one has.
static inline unsigned long artel_p11_tries(artel_p11 *p11, CK_SLOT_ID slot) {
  CK_TOKEN_INFO info;
  CK_RV result = p11->functions->C_GetTokenInfo(slot, &info);
  if (result != CKR_OK) return result;
  if (info.flags & CKF_USER_PIN_LOCKED) return artel_p11_locked_pin;
  return info.flags & CKF_USER_PIN_FINAL_TRY ? artel_p11_last_try : CKR_OK;
}

/// Whether a key is what it is said to be: 256 bits that never leave the token.
static inline unsigned long artel_p11_check(artel_p11 *p11, CK_OBJECT_HANDLE key) {
  CK_ULONG size = 0;
  CK_BBOOL sensitive = CK_FALSE;
  CK_BBOOL extractable = CK_TRUE;
  CK_ATTRIBUTE attributes[] = {
      {CKA_VALUE_LEN, &size, sizeof size},
      {CKA_SENSITIVE, &sensitive, sizeof sensitive},
      {CKA_EXTRACTABLE, &extractable, sizeof extractable},
  };
  CK_RV result = p11->functions->C_GetAttributeValue(p11->session, key, attributes, 3);
  if (result != CKR_OK) return result;
  return size == 32 && sensitive && !extractable ? CKR_OK : artel_p11_weak_key;
}

/// Opens a session, logs in and finds the key.
static inline unsigned long artel_p11_open(
    artel_p11 *p11, const char *token, const char *pin, const char *key) {
  artel_p11_close(p11);
  CK_SLOT_ID slot;
  CK_RV result = artel_p11_slot(p11, token, &slot);
  if (result != CKR_OK) return result;
  result = artel_p11_tries(p11, slot);
  if (result != CKR_OK) return result;
  result = p11->functions->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &p11->session);
  if (result != CKR_OK) return result;
  p11->is_open = true;
  result = p11->functions->C_Login(
      p11->session, CKU_USER, (CK_UTF8CHAR_PTR)(void *)pin, strlen(pin));
  if (result != CKR_OK && result != CKR_USER_ALREADY_LOGGED_IN) {
    artel_p11_close(p11);
    return result;
  }
  CK_OBJECT_CLASS class = CKO_SECRET_KEY;
  CK_KEY_TYPE type = CKK_AES;
  CK_ATTRIBUTE wanted[] = {
      {CKA_CLASS, &class, sizeof class},
      {CKA_KEY_TYPE, &type, sizeof type},
      {CKA_LABEL, (void *)key, strlen(key)},
  };
  result = p11->functions->C_FindObjectsInit(p11->session, wanted, 3);
  CK_OBJECT_HANDLE found[2];
  CK_ULONG count = 0;
  if (result == CKR_OK) {
    result = p11->functions->C_FindObjects(p11->session, found, 2, &count);
    p11->functions->C_FindObjectsFinal(p11->session);
  }
  if (result == CKR_OK && count == 0) result = artel_p11_no_key;
  if (result == CKR_OK && count > 1) result = artel_p11_two_keys;
  if (result == CKR_OK) result = artel_p11_check(p11, found[0]);
  if (result != CKR_OK) {
    artel_p11_close(p11);
    return result;
  }
  p11->key = found[0];
  return CKR_OK;
}

/// The same where the key was in use before. Some modules look for tokens only when they begin: one that
/// does not find the token begins anew.
static inline unsigned long artel_p11_reopen(
    artel_p11 *p11, const char *token, const char *pin, const char *key) {
  CK_RV result = artel_p11_open(p11, token, pin, key);
  if (result != artel_p11_no_token && result != CKR_CRYPTOKI_NOT_INITIALIZED) return result;
  p11->functions->C_Finalize(NULL);
  result = artel_p11_initialize(p11);
  return result == CKR_OK ? artel_p11_open(p11, token, pin, key) : result;
}

/// Seals or opens by AES-GCM with a tag of 128 bits, which stands behind the ciphertext. Some tokens
/// choose the nonce themselves: it is what it says behind the call.
static inline unsigned long artel_p11_gcm(
    artel_p11 *p11, bool seals, unsigned char *nonce, const unsigned char *additional,
    unsigned long additional_count, const unsigned char *input, unsigned long count,
    unsigned char *output, unsigned long *output_count) {
  if (!p11->is_open) return CKR_SESSION_HANDLE_INVALID;
  unsigned char copy[12];
  memcpy(copy, nonce, sizeof copy);
  CK_GCM_PARAMS parameters;
  memset(&parameters, 0, sizeof parameters);
  parameters.iv_ptr = copy;
  parameters.iv_len = sizeof copy;
  parameters.iv_bits = 8 * sizeof copy;
  parameters.aad_ptr = (unsigned char *)(void *)additional;
  parameters.aad_len = additional_count;
  parameters.tag_bits = 128;
  CK_MECHANISM mechanism = {CKM_AES_GCM, &parameters, sizeof parameters};
  if (seals) {
    CK_RV result = p11->functions->C_EncryptInit(p11->session, &mechanism, p11->key);
    if (result != CKR_OK) return result;
    result = p11->functions->C_Encrypt(
        p11->session, (CK_BYTE_PTR)(void *)input, count, output, output_count);
    if (result == CKR_OK && parameters.iv_len != sizeof copy) return CKR_MECHANISM_PARAM_INVALID;
    if (result == CKR_OK) memcpy(nonce, copy, sizeof copy);
    return result;
  }
  CK_RV result = p11->functions->C_DecryptInit(p11->session, &mechanism, p11->key);
  if (result != CKR_OK) return result;
  return p11->functions->C_Decrypt(
      p11->session, (CK_BYTE_PTR)(void *)input, count, output, output_count);
}

/// Whether a session that is opened anew may do what this one could not.
static inline bool artel_p11_is_lost(unsigned long result) {
  switch (result) {
  case CKR_SESSION_HANDLE_INVALID:
  case CKR_SESSION_CLOSED:
  case CKR_USER_NOT_LOGGED_IN:
  case CKR_DEVICE_REMOVED:
  case CKR_DEVICE_ERROR:
  case CKR_TOKEN_NOT_PRESENT:
  case CKR_KEY_HANDLE_INVALID:
  case CKR_OBJECT_HANDLE_INVALID:
  case CKR_OPERATION_ACTIVE:
  case CKR_CRYPTOKI_NOT_INITIALIZED:
    return true;
  default:
    return false;
  }
}
