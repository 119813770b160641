// Counts what a Swift program allocates: preloaded into it, counts the calls of malloc and its kin
// that come from Swift's runtime or from the program itself, and not those of the C libraries that
// it uses. The counts stand in the file that ALLOCATIONS_FILE names, as 64-bit numbers: calls from
// Swift, bytes of these, calls from elsewhere.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

typedef struct {
  atomic_ulong swift, swift_bytes, other;
} counts;

static counts unread;
static counts *shown = &unread;

static struct {
  uintptr_t start, end;
} swift[16];
static atomic_int known;

static int look(struct dl_phdr_info *info, size_t size, void *context) {
  int *found = context;
  const char *name = info->dlpi_name;
  // The program itself has no name.
  int wanted = name[0] == 0 || strstr(name, "libswiftCore") || strstr(name, "libswift_");
  for (int i = 0; wanted && i < info->dlpi_phnum && *found < 16; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
    swift[*found].start = info->dlpi_addr + header->p_vaddr;
    swift[*found].end = swift[*found].start + header->p_memsz;
    ++*found;
  }
  return 0;
}

__attribute__((constructor)) static void begin(void) {
  int found = 0;
  dl_iterate_phdr(look, &found);
  const char *path = getenv("ALLOCATIONS_FILE");
  int file = path ? open(path, O_RDWR | O_CREAT, 0600) : -1;
  if (file >= 0 && ftruncate(file, sizeof(counts)) == 0) {
    void *map = mmap(NULL, sizeof(counts), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (map != MAP_FAILED) shown = map;
    close(file);
  }
  unsetenv("LD_PRELOAD");  // Not for the programs that this one starts.
  atomic_store(&known, found);
}

static void count(uintptr_t caller, size_t size) {
  int n = atomic_load_explicit(&known, memory_order_acquire);
  for (int i = 0; i < n; i++) {
    if (caller < swift[i].start || caller >= swift[i].end) continue;
    atomic_fetch_add_explicit(&shown->swift, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&shown->swift_bytes, size, memory_order_relaxed);
    return;
  }
  atomic_fetch_add_explicit(&shown->other, 1, memory_order_relaxed);
}

#define CALLER ((uintptr_t)__builtin_return_address(0))

void *malloc(size_t size) {
  count(CALLER, size);
  return __libc_malloc(size);
}

void *calloc(size_t n, size_t size) {
  count(CALLER, n * size);
  return __libc_calloc(n, size);
}

void *realloc(void *old, size_t size) {
  count(CALLER, size);
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count(CALLER, size);
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
  count(CALLER, size);
  *out = __libc_memalign(alignment, size);
  return *out ? 0 : ENOMEM;
}
