import Glibc
import RPC

/// What a process has when nothing runs: the runtime's threads, descriptors, memory, calls.
struct Residue: CustomStringConvertible {
  private let threads: Int
  private let descriptors: Int
  private let allocatedBytes: Int
  private let residentBytes: Int
  /// Calls of clients that are not given up.
  private let calls: Int

  /// How much memory may be allocated more than before. What is resident says little: allocators
  /// keep what they were given once, and sanitizers remember what was freed.
  private static let growthLimit = 16 << 20

  static func now() -> Residue {
    Residue(
      threads: ownThreads(), descriptors: entries(of: "/proc/self/fd"),
      allocatedBytes: allocated(),
      residentBytes: residentPages() * Int(sysconf(Int32(_SC_PAGESIZE))),
      calls: LiveClientCalls.count)
  }

  /// Waits until the threads, descriptors and calls are as few as before, for some seconds at most:
  /// what ends a client runs behind the last reference to it.
  static func settled(like before: Residue) async -> Residue {
    var left = now()
    for _ in 0..<300 where left.isMore(than: before) {
      // Nobody cancels the program's task.
      try? await Task.sleep(for: .milliseconds(100))
      left = now()
    }
    return left
  }

  private func isMore(than before: Residue) -> Bool {
    threads > before.threads || descriptors > before.descriptors || calls > 0
  }

  /// What there is more than before.
  func complaints(since before: Residue) -> [String] {
    var complaints: [String] = []
    if threads > before.threads {
      complaints.append("\(threads - before.threads) threads are left")
    }
    if descriptors > before.descriptors + 4 {
      complaints.append("\(descriptors - before.descriptors) descriptors are left")
    }
    if allocatedBytes > before.allocatedBytes + Self.growthLimit {
      complaints.append("\((allocatedBytes - before.allocatedBytes) >> 20) MiB more are allocated")
    }
    if calls > 0 { complaints.append("\(calls) calls of clients are left") }
    return complaints
  }

  var description: String {
    """
    \(threads) threads, \(descriptors) descriptors, \(allocatedBytes >> 10) KiB allocated, \
    \(residentBytes >> 20) MiB resident
    """
  }

  private static func entries(of path: String) -> Int {
    guard let folder = opendir(path) else { return 0 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    return count
  }

  /// What the sanitizer's allocator has given and not taken back; what is resident, without one.
  private static func allocated() -> Int {
    guard let symbol = dlsym(nil, "__sanitizer_get_current_allocated_bytes") else {
      return residentPages() * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
    typealias Count = @convention(c) () -> Int
    // The function of that name, in every sanitizer, takes nothing and returns a size_t.
    return unsafeBitCast(symbol, to: Count.self)()
  }

  /// The runtime's threads, by their names. Swift's pool and the core's grow and shrink by
  /// themselves, with how busy the machine is.
  private static func ownThreads() -> Int {
    guard let folder = opendir("/proc/self/task") else { return 0 }
    defer { closedir(folder) }
    var count = 0
    while let entry = readdir(folder) {
      let id = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name(ofThread: id).hasPrefix("rpc-") { count += 1 }
    }
    return count
  }

  private static func name(ofThread id: String) -> String {
    guard let file = fopen("/proc/self/task/\(id)/comm", "r") else { return "" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 32)
    let size = fread(&line, 1, line.count, file)
    return String(decoding: line[..<size].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func residentPages() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var (line, size) = ([CChar](repeating: 0, count: 256), 0)
    size = fread(&line, 1, line.count - 1, file)
    let fields = String(decoding: line[..<size].map(UInt8.init(bitPattern:)), as: UTF8.self)
      .split(separator: " ")
    return fields.count > 1 ? Int(fields[1]) ?? 0 : 0
  }
}
