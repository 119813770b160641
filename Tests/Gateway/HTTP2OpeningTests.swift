import NIOCore
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: the first frames of HTTP/2")
struct HTTP2OpeningTests {
  private static let preface = Array(FrameClient.preface.utf8)
  private static let acknowledgement: [UInt8] = [0, 0, 0, 4, 1, 0, 0, 0, 0]
  private static let settings = frame(4, payload: [0, 4, 0, 0, 255, 255])
  private static let headers = frame(1, flags: 4, stream: 1, payload: [0x82, 0x86])
  private static let data = frame(0, flags: 1, stream: 1, payload: [1, 2, 3])

  private static func frame(
    _ type: UInt8, flags: UInt8 = 0, stream: UInt8 = 0, payload: [UInt8] = []
  ) -> [UInt8] {
    [0, 0, UInt8(payload.count), type, flags, 0, 0, 0, stream] + payload
  }

  /// What comes out of pieces.
  private func pass(_ pieces: [[UInt8]]) -> (bytes: [UInt8], isOver: Bool) {
    var opening = HTTP2Opening()
    var passed: [UInt8] = []
    for piece in pieces { passed += opening.take(ByteBuffer(bytes: piece)).readableBytesView }
    return (passed, opening.isOver)
  }

  @Test("tells of the acknowledgement behind the client's SETTINGS, and drops the real one")
  func acknowledged() {
    let begin = Self.preface + Self.settings
    let sent = begin + Self.headers + Self.acknowledgement + Self.data
    let wanted = begin + Self.acknowledgement + Self.headers + Self.data
    for cut in 0...sent.count {
      let (bytes, isOver) = pass([Array(sent[..<cut]), Array(sent[cut...])])
      #expect(bytes == wanted)
      #expect(isOver)
    }
    #expect(pass(sent.map { [$0] }).bytes == wanted)
  }

  @Test("waits for the acknowledgement, and lets a second one through")
  func further() {
    let begin = Self.preface + Self.settings
    let silent = pass([begin, Self.headers, Self.data])
    #expect(silent.bytes == begin + Self.acknowledgement + Self.headers + Self.data)
    #expect(!silent.isOver)
    let twice = pass([begin, Self.acknowledgement + Self.acknowledgement])
    #expect(twice.bytes == begin + Self.acknowledgement + Self.acknowledgement)
  }

  @Test(
    "changes nothing where what comes is no HTTP/2",
    arguments: [headers, acknowledgement, [UInt8](repeating: 0, count: 40)])
  func other(first: [UInt8]) {
    let sent = Self.preface + first + Self.acknowledgement
    #expect(pass([sent]).bytes == sent)
  }

  @Test("lets an acknowledgement through that is a fault")
  func faulty() {
    let begin = Self.preface + Self.settings
    for wrong in [Self.frame(4, flags: 1, payload: [0]), Self.frame(4, flags: 1, stream: 1)] {
      let (bytes, isOver) = pass([begin + wrong])
      #expect(bytes == begin + Self.acknowledgement + wrong)
      #expect(isOver)
    }
  }
}
