import LibCrypto
import Testing

@Suite("SHA-256 of parts")
struct RunningSHA256Tests {
  @Test("is that of the whole")
  func parts() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for size in [1, 63, 64, 65, 1000] {
      let hash = RunningSHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hash.update(bytes[start..<min(start + size, bytes.count)])
      }
      hash.update([])
      #expect(hash.finish() == SHA256.hash(bytes))
    }
    #expect(RunningSHA256().finish() == SHA256.hash([]))
  }
}
