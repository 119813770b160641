// The only door to libgrpc. Header-only: macros, unions and `grpc_op` arrays stay on this side, so
// that Swift starts each batch by one call whose arguments say who owns what.
#pragma once

// Before the core's headers, which define _GNU_SOURCE: the C library's types have to look as they
// do in Swift's own view of it.
#include <pthread.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/select.h>

#include <grpc/byte_buffer.h>
#include <grpc/byte_buffer_reader.h>
#include <grpc/compression.h>
#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <grpc/slice.h>
#include <grpc/support/alloc.h>
#include <grpc/support/log.h>
#include <grpc/support/time.h>

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

// Takes the message out of a byte buffer as one slice, without a copy where it came in one. The
// caller owns the slice; the buffer stays the caller's. Returns 0 for a buffer that is compressed.
static inline int artel_byte_buffer_take(grpc_byte_buffer *buffer, grpc_slice *out) {
  if (buffer->type != GRPC_BB_RAW || buffer->data.raw.compression != GRPC_COMPRESS_NONE) return 0;
  grpc_slice_buffer *slices = &buffer->data.raw.slice_buffer;
  if (slices->count == 1) {
    *out = grpc_slice_ref(slices->slices[0]);
    return 1;
  }
  grpc_byte_buffer_reader reader;
  if (!grpc_byte_buffer_reader_init(&reader, buffer)) return 0;
  *out = grpc_byte_buffer_reader_readall(&reader);
  grpc_byte_buffer_reader_destroy(&reader);
  return 1;
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

// Sends the status, and before it, where they are given, the initial metadata and a message. The
// core moves the message's slices out of `message` (the shell stays the caller's) and copies
// metadata and details before it returns.
static inline grpc_call_error artel_send_status(
    grpc_call *call, int send_initial, grpc_metadata *initial, size_t initial_count,
    grpc_byte_buffer *message, grpc_metadata *trailing, size_t trailing_count, int code,
    grpc_slice *details, void *tag) {
  grpc_op ops[3];
  size_t n = 0;
  memset(ops, 0, sizeof(ops));
  if (send_initial) artel_op_initial(&ops[n++], initial, initial_count);
  if (message) {
    ops[n].op = GRPC_OP_SEND_MESSAGE;
    ops[n++].data.send_message.send_message = message;
  }
  ops[n].op = GRPC_OP_SEND_STATUS_FROM_SERVER;
  ops[n].data.send_status_from_server.status = (grpc_status_code)code;
  ops[n].data.send_status_from_server.status_details = details;
  ops[n].data.send_status_from_server.trailing_metadata = trailing;
  ops[n++].data.send_status_from_server.trailing_metadata_count = trailing_count;
  return grpc_call_start_batch(call, ops, n, tag, NULL);
}

// Sends a message, and before it, where asked, the initial metadata. Ownership as above.
static inline grpc_call_error artel_send_message(
    grpc_call *call, int send_initial, grpc_metadata *initial, size_t initial_count,
    grpc_byte_buffer *message, uint32_t flags, void *tag) {
  grpc_op ops[2];
  size_t n = 0;
  memset(ops, 0, sizeof(ops));
  if (send_initial) artel_op_initial(&ops[n++], initial, initial_count);
  ops[n].op = GRPC_OP_SEND_MESSAGE;
  ops[n].flags = flags;
  ops[n++].data.send_message.send_message = message;
  return grpc_call_start_batch(call, ops, n, tag, NULL);
}

// ---- Client batches --------------------------------------------------------------------------

// Where the core writes what it received; lives from the first batch to the last completion.
typedef struct {
  grpc_metadata_array initial;
  grpc_metadata_array trailing;
  grpc_byte_buffer *message;
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
    grpc_byte_buffer *message) {
  artel_op_initial(&ops[0], metadata, count);
  ops[0].flags = flags;
  ops[1].op = GRPC_OP_SEND_MESSAGE;
  ops[1].data.send_message.send_message = message;
  ops[2].op = GRPC_OP_SEND_CLOSE_FROM_CLIENT;
  return 3;
}

// A whole unary call in one batch: one event when everything has come.
static inline grpc_call_error artel_client_unary(
    grpc_call *call, uint32_t flags, grpc_metadata *metadata, size_t count,
    grpc_byte_buffer *message, artel_client_receive *r, void *tag) {
  grpc_op ops[6];
  memset(ops, 0, sizeof(ops));
  size_t n = artel_ops_send_request(ops, flags, metadata, count, message);
  ops[n].op = GRPC_OP_RECV_INITIAL_METADATA;
  ops[n++].data.recv_initial_metadata.recv_initial_metadata = &r->initial;
  ops[n].op = GRPC_OP_RECV_MESSAGE;
  ops[n++].data.recv_message.recv_message = &r->message;
  artel_op_receive_status(&ops[n++], r);
  return grpc_call_start_batch(call, ops, n, tag, NULL);
}

static inline grpc_call_error artel_client_send_request(
    grpc_call *call, uint32_t flags, grpc_metadata *metadata, size_t count,
    grpc_byte_buffer *message, artel_client_receive *r, void *tag) {
  grpc_op ops[4];
  memset(ops, 0, sizeof(ops));
  size_t n = artel_ops_send_request(ops, flags, metadata, count, message);
  ops[n].op = GRPC_OP_RECV_INITIAL_METADATA;
  ops[n++].data.recv_initial_metadata.recv_initial_metadata = &r->initial;
  return grpc_call_start_batch(call, ops, n, tag, NULL);
}

static inline grpc_call_error artel_client_receive_message(
    grpc_call *call, artel_client_receive *r, void *tag) {
  grpc_op op;
  memset(&op, 0, sizeof(op));
  op.op = GRPC_OP_RECV_MESSAGE;
  op.data.recv_message.recv_message = &r->message;
  return grpc_call_start_batch(call, &op, 1, tag, NULL);
}

static inline grpc_call_error artel_client_receive_status(
    grpc_call *call, artel_client_receive *r, void *tag) {
  grpc_op op;
  memset(&op, 0, sizeof(op));
  artel_op_receive_status(&op, r);
  return grpc_call_start_batch(call, &op, 1, tag, NULL);
}
