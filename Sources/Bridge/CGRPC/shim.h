// The only door to libgrpc. Header-only: macros, unions and `grpc_op` arrays stay on this side, so
// that Swift starts each batch by one call whose arguments say who owns what.
#pragma once

// Before the core's headers, which define _GNU_SOURCE: the C library's types have to look as they
// do in Swift's own view of it.
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/select.h>

#include "sockets.h"

#include <grpc/byte_buffer.h>
#include <grpc/byte_buffer_reader.h>
#include <grpc/compression.h>
#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <grpc/slice.h>
#include <grpc/support/alloc.h>
#include <grpc/support/log.h>
#include <grpc/support/time.h>

// ---- The core's locks ------------------------------------------------------------------------

// Stops the search for deadlocks at each of the core's locks, which absl does unless it was built
// with NDEBUG, and Debian's was not; false where this absl has no such switch. It is C++ without a
// header in C: `absl::SetMutexDeadlockDetectionMode(OnDeadlockCycle::kIgnore)`, by its name in the
// library that the core has loaded. The core's own order of locks is not ours to debug, and the
// search takes up to a tenth of a call's time.
static inline int artel_stop_deadlock_detection(void) {
  void (*set_mode)(int) = (void (*)(int))dlsym(
      NULL, "_ZN4absl7debian329SetMutexDeadlockDetectionModeENS0_15OnDeadlockCycleE");
  if (set_mode == NULL) return 0;
  set_mode(0);
  return 1;
}

// ---- Threads ---------------------------------------------------------------------------------

// Names the calling thread; 15 characters are kept.
static inline void artel_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

// ---- Slices ----------------------------------------------------------------------------------

static inline const uint8_t *artel_slice_start(const grpc_slice *slice) {
  return GRPC_SLICE_START_PTR(*slice);
}

static inline uint8_t *artel_slice_mutable_start(grpc_slice *slice) {
  return slice->refcount ? slice->data.refcounted.bytes : slice->data.inlined.bytes;
}

static inline size_t artel_slice_length(const grpc_slice *slice) {
  return GRPC_SLICE_LENGTH(*slice);
}

// How a byte buffer's message is compressed, as a `grpc_compression_algorithm`.
static inline int artel_byte_buffer_compression(const grpc_byte_buffer *buffer) {
  return buffer->type == GRPC_BB_RAW ? (int)buffer->data.raw.compression : GRPC_COMPRESS_NONE;
}

// The flags of the last message that a call received, by the name that the C++ function has in the
// library: the core tells nobody else that a message's flag says it is compressed where no encoding
// was named, and gives its bytes as if they were plain.
extern uint32_t artel_core_message_flags(grpc_call *call)
    __asm__("_Z37grpc_call_test_only_get_message_flagsP9grpc_call") __attribute__((weak));

// Whether the last message of a call said that it is compressed.
static inline int artel_message_is_flagged_compressed(grpc_call *call) {
  const uint32_t internal_compress = 0x80000000u;
  return artel_core_message_flags != NULL &&
         (artel_core_message_flags(call) & internal_compress) != 0;
}

// Takes what is in a byte buffer as one slice, without a copy where it came in one. The caller owns
// the slice; the buffer stays the caller's. A compressed message stays compressed.
static inline grpc_slice artel_byte_buffer_take(grpc_byte_buffer *buffer) {
  grpc_slice_buffer *slices = &buffer->data.raw.slice_buffer;
  if (slices->count == 0) return grpc_empty_slice();
  if (slices->count == 1) return grpc_slice_ref(slices->slices[0]);
  grpc_slice whole = grpc_slice_malloc(slices->length);
  uint8_t *at = GRPC_SLICE_START_PTR(whole);
  for (size_t i = 0; i < slices->count; i++) {
    size_t length = GRPC_SLICE_LENGTH(slices->slices[i]);
    memcpy(at, GRPC_SLICE_START_PTR(slices->slices[i]), length);
    at += length;
  }
  return whole;
}

// ---- Channel arguments -----------------------------------------------------------------------

static inline grpc_arg artel_arg_integer(const char *key, int value) {
  grpc_arg arg;
  arg.type = GRPC_ARG_INTEGER;
  arg.key = (char *)key;
  arg.value.integer = value;
  return arg;
}

static inline grpc_arg artel_arg_string(const char *key, const char *value) {
  grpc_arg arg;
  arg.type = GRPC_ARG_STRING;
  arg.key = (char *)key;
  arg.value.string = (char *)value;
  return arg;
}

static inline grpc_arg artel_arg_quota(grpc_resource_quota *quota) {
  grpc_arg arg;
  arg.type = GRPC_ARG_POINTER;
  arg.key = (char *)GRPC_ARG_RESOURCE_QUOTA;
  arg.value.pointer.p = quota;
  arg.value.pointer.vtable = grpc_resource_quota_arg_vtable();
  return arg;
}

// ---- Completion queues -----------------------------------------------------------------------

static inline grpc_event artel_next(grpc_completion_queue *queue, int wait) {
  return grpc_completion_queue_next(
      queue, wait ? gpr_inf_future(GPR_CLOCK_MONOTONIC) : gpr_inf_past(GPR_CLOCK_MONOTONIC), NULL);
}

// A batch without operations: completes at once and so wakes the thread that polls the queue.
static inline grpc_call_error artel_kick(grpc_call *call, void *tag) {
  return grpc_call_start_batch(call, NULL, 0, tag, NULL);
}

// Exported by the library for its own C++ half, and in no public header: whether the last read ended
// without a message because the call failed, rather than because the peer had sent its last.
int grpc_call_failed_before_recv_message(const grpc_call *call);

// ---- Server batches --------------------------------------------------------------------------

static inline grpc_call_error artel_receive_close(grpc_call *call, int *cancelled, void *tag) {
  grpc_op op;
  memset(&op, 0, sizeof(op));
  op.op = GRPC_OP_RECV_CLOSE_ON_SERVER;
  op.data.recv_close_on_server.cancelled = cancelled;
  return grpc_call_start_batch(call, &op, 1, tag, NULL);
}

static inline void artel_op_initial(grpc_op *op, grpc_metadata *metadata, size_t count) {
  op->op = GRPC_OP_SEND_INITIAL_METADATA;
  op->data.send_initial_metadata.count = count;
  op->data.send_initial_metadata.metadata = metadata;
}

// What a server sends before its first message: pairs, and whether messages may be compressed by
// what the caller accepts.
typedef struct {
  grpc_metadata *pairs;
  size_t count;
  int compress;
} artel_initial;

static inline void artel_op_server_initial(grpc_op *op, const artel_initial *initial) {
  artel_op_initial(op, initial->pairs, initial->count);
  if (!initial->compress) return;
  op->data.send_initial_metadata.maybe_compression_level.is_set = 1;
  op->data.send_initial_metadata.maybe_compression_level.level = GRPC_COMPRESS_LEVEL_LOW;
}

// Sends the status, and before it, where they are given, the initial metadata and a message. The
// core moves the message's slices out of `message` (the shell stays the caller's) and copies
// metadata and details before it returns.
static inline grpc_call_error artel_send_status(
    grpc_call *call, const artel_initial *initial, grpc_byte_buffer *message, uint32_t flags,
    grpc_metadata *trailing, size_t trailing_count, int code, grpc_slice *details, void *tag) {
  grpc_op ops[3];
  size_t n = 0;
  memset(ops, 0, sizeof(ops));
  if (initial) artel_op_server_initial(&ops[n++], initial);
  if (message) {
    ops[n].op = GRPC_OP_SEND_MESSAGE;
    ops[n].flags = flags;
    ops[n++].data.send_message.send_message = message;
  }
  ops[n].op = GRPC_OP_SEND_STATUS_FROM_SERVER;
  ops[n].data.send_status_from_server.status = (grpc_status_code)code;
  ops[n].data.send_status_from_server.status_details = details;
  ops[n].data.send_status_from_server.trailing_metadata = trailing;
  ops[n++].data.send_status_from_server.trailing_metadata_count = trailing_count;
  return grpc_call_start_batch(call, ops, n, tag, NULL);
}

// Sends a message, and before it, where given, the initial metadata. Ownership as above.
static inline grpc_call_error artel_send_message(
    grpc_call *call, const artel_initial *initial, grpc_byte_buffer *message, uint32_t flags,
    void *tag) {
  grpc_op ops[2];
  size_t n = 0;
  memset(ops, 0, sizeof(ops));
  if (initial) artel_op_server_initial(&ops[n++], initial);
  ops[n].op = GRPC_OP_SEND_MESSAGE;
  ops[n].flags = flags;
  ops[n++].data.send_message.send_message = message;
  return grpc_call_start_batch(call, ops, n, tag, NULL);
}

// Sends the initial metadata alone.
static inline grpc_call_error artel_send_initial(
    grpc_call *call, const artel_initial *initial, void *tag) {
  grpc_op op;
  memset(&op, 0, sizeof(op));
  artel_op_server_initial(&op, initial);
  return grpc_call_start_batch(call, &op, 1, tag, NULL);
}

// Asks for the next message. The core writes it to `message`, nothing where the peer has sent its
// last; the caller owns the buffer.
static inline grpc_call_error artel_receive_message(
    grpc_call *call, grpc_byte_buffer **message, void *tag) {
  grpc_op op;
  memset(&op, 0, sizeof(op));
  op.op = GRPC_OP_RECV_MESSAGE;
  op.data.recv_message.recv_message = message;
  return grpc_call_start_batch(call, &op, 1, tag, NULL);
}

// ---- Client batches --------------------------------------------------------------------------

// Where the core writes what it received; lives from the first batch to the last completion.
typedef struct {
  grpc_metadata_array initial;
  grpc_metadata_array trailing;
  grpc_byte_buffer *message;
  // A second message where one is due, until it is refused.
  grpc_byte_buffer *surplus;
  grpc_status_code status;
  grpc_slice details;
  const char *error_string;
} artel_client_receive;

static inline void artel_client_receive_init(artel_client_receive *r) {
  memset(r, 0, sizeof(*r));
  grpc_metadata_array_init(&r->initial);
  grpc_metadata_array_init(&r->trailing);
  r->details = grpc_empty_slice();
}

static inline void artel_client_receive_destroy(artel_client_receive *r) {
  grpc_metadata_array_destroy(&r->initial);
  grpc_metadata_array_destroy(&r->trailing);
  if (r->message) grpc_byte_buffer_destroy(r->message);
  if (r->surplus) grpc_byte_buffer_destroy(r->surplus);
  grpc_slice_unref(r->details);
  gpr_free((void *)r->error_string);
}

static inline void artel_op_receive_status(grpc_op *op, artel_client_receive *r) {
  op->op = GRPC_OP_RECV_STATUS_ON_CLIENT;
  op->data.recv_status_on_client.trailing_metadata = &r->trailing;
  op->data.recv_status_on_client.status = &r->status;
  op->data.recv_status_on_client.status_details = &r->details;
  op->data.recv_status_on_client.error_string = &r->error_string;
}

static inline size_t artel_ops_send_request(
    grpc_op *ops, uint32_t flags, grpc_metadata *metadata, size_t count,
    grpc_byte_buffer *message, uint32_t message_flags) {
  artel_op_initial(&ops[0], metadata, count);
  ops[0].flags = flags;
  ops[1].op = GRPC_OP_SEND_MESSAGE;
  ops[1].flags = message_flags;
  ops[1].data.send_message.send_message = message;
  ops[2].op = GRPC_OP_SEND_CLOSE_FROM_CLIENT;
  return 3;
}

// A unary call but for its status, which is asked for apart: the core holds it back while a message
// that nobody expects is unread.
static inline grpc_call_error artel_client_unary(
    grpc_call *call, uint32_t flags, grpc_metadata *metadata, size_t count,
    grpc_byte_buffer *message, uint32_t message_flags, artel_client_receive *r, void *tag) {
  grpc_op ops[5];
  memset(ops, 0, sizeof(ops));
  size_t n = artel_ops_send_request(ops, flags, metadata, count, message, message_flags);
  ops[n].op = GRPC_OP_RECV_INITIAL_METADATA;
  ops[n++].data.recv_initial_metadata.recv_initial_metadata = &r->initial;
  ops[n].op = GRPC_OP_RECV_MESSAGE;
  ops[n++].data.recv_message.recv_message = &r->message;
  return grpc_call_start_batch(call, ops, n, tag, NULL);
}

// Begins a stream: the metadata goes out with the first message, or alone where none follows soon.
static inline grpc_call_error artel_client_start(
    grpc_call *call, uint32_t flags, grpc_metadata *metadata, size_t count, void *tag) {
  grpc_op op;
  memset(&op, 0, sizeof(op));
  artel_op_initial(&op, metadata, count);
  op.flags = flags;
  return grpc_call_start_batch(call, &op, 1, tag, NULL);
}

// Begins a stream whose only request is known.
static inline grpc_call_error artel_client_send_request(
    grpc_call *call, uint32_t flags, grpc_metadata *metadata, size_t count,
    grpc_byte_buffer *message, uint32_t message_flags, void *tag) {
  grpc_op ops[3];
  memset(ops, 0, sizeof(ops));
  size_t n = artel_ops_send_request(ops, flags, metadata, count, message, message_flags);
  return grpc_call_start_batch(call, ops, n, tag, NULL);
}

static inline grpc_call_error artel_client_close(grpc_call *call, void *tag) {
  grpc_op op;
  memset(&op, 0, sizeof(op));
  op.op = GRPC_OP_SEND_CLOSE_FROM_CLIENT;
  return grpc_call_start_batch(call, &op, 1, tag, NULL);
}

static inline grpc_call_error artel_client_receive_initial(
    grpc_call *call, artel_client_receive *r, void *tag) {
  grpc_op op;
  memset(&op, 0, sizeof(op));
  op.op = GRPC_OP_RECV_INITIAL_METADATA;
  op.data.recv_initial_metadata.recv_initial_metadata = &r->initial;
  return grpc_call_start_batch(call, &op, 1, tag, NULL);
}

static inline grpc_call_error artel_client_receive_status(
    grpc_call *call, artel_client_receive *r, void *tag) {
  grpc_op op;
  memset(&op, 0, sizeof(op));
  artel_op_receive_status(&op, r);
  return grpc_call_start_batch(call, &op, 1, tag, NULL);
}
