#pragma once

// What Swift needs around libprotobuf-c 1.4.1: an arena with a byte budget that unpacking takes its
// memory from. Nothing is freed one by one: the whole arena is, when the call ends.

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct artel_arena_chunk {
  struct artel_arena_chunk *next;
} artel_arena_chunk;

typedef struct artel_arena {
  uint8_t *cursor;            // the next free byte, a multiple of 8
  uint8_t *limit;             // one past the chunk
  size_t budget;              // how many bytes may still be taken from the system
  size_t chunk_size;          // the size of the next chunk
  artel_arena_chunk *chunks;  // all but the first, which holds this struct
  int spent;                  // whether a request was refused
} artel_arena;

enum {
  ARTEL_ARENA_FIRST_CHUNK = 16384,
  ARTEL_ARENA_GREATEST_CHUNK = 1 << 20,
  ARTEL_ARENA_ALIGNMENT = 8
};

// Makes an arena that takes at most `budget` bytes, and never less than its first chunk.
// Returns NULL when the system has no memory.
static inline artel_arena *_Nullable artel_arena_create(size_t budget) {
  uint8_t *memory = (uint8_t *)malloc(ARTEL_ARENA_FIRST_CHUNK);
  if (memory == NULL) return NULL;
  artel_arena *arena = (artel_arena *)memory;
  size_t head = (sizeof(artel_arena) + 7) & ~(size_t)7;
  arena->cursor = memory + head;
  arena->limit = memory + ARTEL_ARENA_FIRST_CHUNK;
  arena->budget = budget > ARTEL_ARENA_FIRST_CHUNK ? budget - ARTEL_ARENA_FIRST_CHUNK : 0;
  arena->chunk_size = 2 * ARTEL_ARENA_FIRST_CHUNK;
  arena->chunks = NULL;
  arena->spent = 0;
  return arena;
}

static inline void artel_arena_destroy(artel_arena *_Nonnull arena) {
  artel_arena_chunk *chunk = arena->chunks;
  while (chunk != NULL) {
    artel_arena_chunk *next = chunk->next;
    free(chunk);
    chunk = next;
  }
  free(arena);
}

static inline void *_Nullable artel_arena_grow(artel_arena *_Nonnull arena, size_t size) {
  size_t head = ARTEL_ARENA_ALIGNMENT;
  _Static_assert(sizeof(artel_arena_chunk) <= ARTEL_ARENA_ALIGNMENT, "the head fits");
  if (size > arena->budget || arena->budget - size < head) {
    arena->spent = 1;
    return NULL;
  }
  size_t chunk_size = size + head > arena->chunk_size ? size + head : arena->chunk_size;
  if (chunk_size > arena->budget) chunk_size = size + head;
  uint8_t *memory = (uint8_t *)malloc(chunk_size);
  if (memory == NULL) {
    arena->spent = 1;
    return NULL;
  }
  arena->budget -= chunk_size;
  if (arena->chunk_size < ARTEL_ARENA_GREATEST_CHUNK) arena->chunk_size *= 2;
  artel_arena_chunk *chunk = (artel_arena_chunk *)memory;
  chunk->next = arena->chunks;
  arena->chunks = chunk;
  arena->cursor = memory + head + size;
  arena->limit = memory + chunk_size;
  return memory + head;
}

// Takes `size` bytes, aligned to 8, not cleared. Returns NULL when the budget is spent.
static inline void *_Nullable artel_arena_take(artel_arena *_Nonnull arena, size_t size) {
  if (size > SIZE_MAX - ARTEL_ARENA_ALIGNMENT) return NULL;
  size = (size + ARTEL_ARENA_ALIGNMENT - 1) & ~(size_t)(ARTEL_ARENA_ALIGNMENT - 1);
  if (size > (size_t)(arena->limit - arena->cursor)) return artel_arena_grow(arena, size);
  uint8_t *memory = arena->cursor;
  arena->cursor = memory + size;
  return memory;
}

// Whether the arena has refused a request, its budget or the system's memory being spent.
static inline _Bool artel_arena_is_spent(const artel_arena *_Nonnull arena) {
  return arena->spent != 0;
}

static void *_Nullable artel_arena_allocate(void *_Nullable arena, size_t size) {
  return artel_arena_take((artel_arena *)arena, size);
}

static void artel_arena_ignore(void *_Nullable arena, void *_Nullable pointer) {
  (void)arena;
  (void)pointer;
}

// A cleared message of the type, or NULL when the budget is spent. protobuf_c_message_init is no
// way to do this: it calls `message_init`, which run-time descriptors leave NULL.
static inline ProtobufCMessage *_Nullable artel_message_create(
    artel_arena *_Nonnull arena, const ProtobufCMessageDescriptor *_Nonnull type) {
  ProtobufCMessage *message = (ProtobufCMessage *)artel_arena_take(arena, type->sizeof_message);
  if (message == NULL) return NULL;
  memset(message, 0, type->sizeof_message);
  message->descriptor = type;
  return message;
}

// Unpacks into the arena. Returns NULL for malformed bytes and for a spent budget alike; the caller
// has checked the bytes first, nesting above all, since unpacking recurses without a limit.
static inline ProtobufCMessage *_Nullable artel_message_unpack(
    artel_arena *_Nonnull arena, const ProtobufCMessageDescriptor *_Nonnull type,
    const uint8_t *_Nonnull data, size_t length) {
  ProtobufCAllocator allocator = {artel_arena_allocate, artel_arena_ignore, arena};
  return protobuf_c_message_unpack(type, &allocator, length, data);
}
