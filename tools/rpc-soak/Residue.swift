import Glibc
import RPC

/// What a process has when nothing runs: threads, descriptors, memory, calls.
struct Residue: CustomStringConvertible {
  private let threads: Int
  private let descriptors: Int
  private let residentBytes: Int
  /// Calls of clients that are not given up.
  private let calls: Int

  /// How much memory may be resident more than before: allocators keep what they were given once,
  /// and sanitizers remember what was freed.
  private static let growthLimit = 128 << 20

  static func now() -> Residue {
    Residue(
      threads: entries(of: "/proc/self/task"), descriptors: entries(of: "/proc/self/fd"),
      residentBytes: residentPages() * Int(sysconf(Int32(_SC_PAGESIZE))),
      calls: LiveClientCalls.count)
  }

  /// Waits until the threads, descriptors and calls are as few as before, for some seconds at most:
  /// what ends a client runs behind the last reference to it.
  static func settled(like before: Residue) async -> Residue {
    var left = now()
    for _ in 0..<100 where left.isMore(than: before) {
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
    // Swift's pool grows to the cores, and the core's pools by a few.
    if threads > before.threads + 8 {
      complaints.append("\(threads - before.threads) threads are left")
    }
    if descriptors > before.descriptors + 4 {
      complaints.append("\(descriptors - before.descriptors) descriptors are left")
    }
    if residentBytes > before.residentBytes + Self.growthLimit {
      complaints.append("\((residentBytes - before.residentBytes) >> 20) MiB more are resident")
    }
    if calls > 0 { complaints.append("\(calls) calls of clients are left") }
    return complaints
  }

  var description: String {
    "\(threads) threads, \(descriptors) descriptors, \(residentBytes >> 20) MiB"
  }

  private static func entries(of path: String) -> Int {
    guard let folder = opendir(path) else { return 0 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    return count
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
