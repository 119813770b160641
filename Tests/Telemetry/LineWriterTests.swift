import Glibc
import TestSupport
import Testing

@testable import Telemetry

@Suite("A writer of log lines")
struct LineWriterTests {
  /// F_SETPIPE_SZ of fcntl(2), which Glibc hides behind _GNU_SOURCE.
  private let setPipeSize: Int32 = 1031

  /// Both ends of a pipe of one page, closed at the end.
  private func withPipe(_ body: (_ reader: Int32, _ writer: Int32) throws -> Void) throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    try #require(fcntl(ends[1], setPipeSize, 4096) == 4096)
    try body(ends[0], ends[1])
  }

  /// Reads until so many bytes have come.
  private func read(_ count: Int, from descriptor: Int32) -> [UInt8] {
    var found: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while found.count < count {
      let now = Glibc.read(descriptor, &buffer, buffer.count)
      guard now > 0 else { break }
      found += buffer.prefix(now)
    }
    return found
  }

  private func line(_ number: Int, _ count: Int = 100) -> [UInt8] {
    let head = Array("\(number) ".utf8)
    return head + [UInt8](repeating: UInt8(ascii: "x"), count: count - head.count - 1) + [0x0a]
  }

  @Test("writes at once while there is room", .covers("S-H9"))
  func atOnce() throws {
    try withPipe { reader, writer in
      let lines = LineWriter(descriptor: writer) { _ in [] }
      lines.write(line(1))
      var available: Int32 = 0
      #expect(ioctl(reader, UInt(FIONREAD), &available) == 0 && available == 100)
    }
  }

  @Test("keeps lines whole and in order when nobody reads, and its caller goes on")
  func waits() throws {
    try withPipe { reader, writer in
      let lines = LineWriter(descriptor: writer) { _ in [] }
      // Ten times what the pipe holds, and a line that alone is more: this would never end.
      let all = (0..<400).map { line($0) } + [line(400, 20_000), line(401)]
      for line in all { lines.write(line) }
      #expect(lines.dropped == 0)
      #expect(read(all.joined().count, from: reader) == Array(all.joined()))
    }
  }

  @Test("drops and counts beyond its room, and says so when there is room again", .covers("S-H9"))
  func dropped() throws {
    try withPipe { reader, writer in
      let lines = LineWriter(descriptor: writer, capacity: 10_000) { Array("lost \($0)\n".utf8) }
      for number in 0..<1_000 { lines.write(line(number)) }
      let dropped = lines.dropped
      #expect(dropped > 0)
      var (kept, told, text) = (0, 0, "")
      while kept + told < 1_000 {
        text += String(decoding: read(1, from: reader), as: UTF8.self)
        let whole = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        kept = whole.count { $0.hasSuffix("x") }
        told = whole.compactMap { $0.hasPrefix("lost ") ? Int($0.dropFirst(5)) : nil }.reduce(0, +)
      }
      #expect(kept == 1_000 - dropped)
      #expect(told == dropped)
    }
  }

  @Test("goes on when its reader is gone")
  func broken() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { close(ends[1]) }
    close(ends[0])
    let lines = LineWriter(descriptor: ends[1]) { _ in [] }
    for number in 0..<10 { lines.write(line(number)) }
    #expect(lines.dropped == 0)
  }
}
