import Foundation
import Glibc

/// What a piece of work takes: processor time of the whole process, and allocations where a library
/// counts them.
struct Meter {
  struct Reading {
    var nanoseconds: Double
    var allocations: Double
  }

  /// Where tools/bench/allocations/count.c writes its counts.
  private let counts = ProcessInfo.processInfo.environment["ALLOCATIONS_FILE"]

  /// Does the work so many times, one after the other.
  func measure(_ times: Int, _ work: (Int) async throws -> Void) async rethrows -> Reading {
    let allocations = allocations()
    let start = nanoseconds()
    for index in 0..<times { try await work(index) }
    let end = nanoseconds()
    return Reading(
      nanoseconds: Double(end - start) / Double(times),
      allocations: Double(self.allocations() - allocations) / Double(times))
  }

  private func nanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// Calls from Swift and from the libraries that it uses.
  private func allocations() -> Int {
    guard let counts, let data = FileManager.default.contents(atPath: counts), data.count >= 24
    else { return 0 }
    return data.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: 0, as: Int.self)
        + $0.loadUnaligned(fromByteOffset: 16, as: Int.self)
    }
  }
}
