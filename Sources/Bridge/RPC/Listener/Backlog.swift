/// Bytes that one side has sent and the other does not take yet. Holds no memory while empty.
struct Backlog {
  private var bytes: [UInt8] = []
  private var start = 0

  var count: Int { bytes.count - start }
  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

  /// Takes away what was passed on.
  mutating func consume(_ count: Int) {
    start += count
    guard start == bytes.count else { return }
    bytes = []
    start = 0
  }

  /// What waits; the pointer is good in `body`.
  func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start...])) }
  }

  /// What waits, to be changed; the pointer is good in `body`.
  mutating func withMutableBytes<R>(_ body: (UnsafeMutableRawBufferPointer) -> R) -> R {
    let start = start
    return bytes.withUnsafeMutableBytes {
      body(UnsafeMutableRawBufferPointer(rebasing: $0[start...]))
    }
  }
}
