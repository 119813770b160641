// Tells ThreadSanitizer what libgrpc, which is not instrumented, keeps from it: that what a thread
// did before it started a batch happened before the batch's completion is delivered to another.
#pragma once

// Weak: without the sanitizer's runtime they are null, and a hand-off costs a test of a pointer.
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

// A batch with this tag is about to be started.
static inline void artel_tag_leaves(void *tag) {
  if (__tsan_release) __tsan_release(tag);
}

// The completion of a batch with this tag has come.
static inline void artel_tag_comes(void *tag) {
  if (__tsan_acquire) __tsan_acquire(tag);
}
