import TestSupport
import Testing

@testable import Transcoding

@Suite("Hostile input")
struct HostileInputTests {
  /// Numbers that are the same in every run (Knuth's MMIX constants).
  private struct Numbers {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  private func mutate(_ bytes: [UInt8], _ numbers: inout Numbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0...numbers.next(4) {
      guard !bytes.isEmpty else { break }
      let at = numbers.next(bytes.count)
      switch numbers.next(5) {
      case 0: bytes[at] = UInt8(numbers.next(256))
      case 1: bytes.remove(at: at)
      case 2: bytes.insert(Array("\r\n-b;=\"%&.$\\:/\0".utf8)[numbers.next(15)], at: at)
      case 3: bytes.insert(contentsOf: bytes[at..<min(at + numbers.next(40), bytes.count)], at: at)
      default: bytes.removeSubrange(at..<min(at + numbers.next(20), bytes.count))
      }
    }
    return bytes
  }

  @Test("never ends a process, and is refused with an error of its own", .covers("T45", "T83"))
  func requests() throws {
    var numbers = Numbers(state: 42)
    let query = Array("updateMask=n,thing.name&requestId=a%2Fb&$alt=json;names=proto&key=+".utf8)
    let form = Array("name=a&n=5&thing.tags=b&thing.createTime=1970-01-01T00:00:00Z".utf8)
    let parts = Array(
      ("--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\nContent-Type: application/json"
        + "\r\n\r\n{\"n\":1,\"thing\":{}}\r\n--b\r\nContent-Disposition: form-data; name=files; "
        + "filename=\"../a\\\"b\"\r\n\r\n\r\n--\r\n-\r\n--b\r\nContent-Disposition: form-data; "
        + "name=numbers\r\n\r\n3\r\n--b--\r\n").utf8)
    let json = Array("{\"n\":1,\"thing\":{\"tags\":[\"a\"],\"labels\":{\"a\":\"b\"}}}".utf8)
    var bound = 0
    for round in 0..<4000 {
      let request: Request =
        switch round % 4 {
        case 0:
          Request(
            verb: "GET", bodyField: "",
            query: String(decoding: mutate(query, &numbers), as: UTF8.self))
        case 1: Request(body: mutate(form, &numbers), kind: .form, isLenient: round % 8 < 4)
        case 2:
          Request(
            method: "Upload", bodyField: "*", body: mutate(parts, &numbers),
            kind: .multipart(boundary: "b"), isLenient: round % 8 < 4)
        default:
          Request(
            verb: "PATCH", body: mutate(json, &numbers), kind: .mergePatch,
            ifMatch: String(decoding: mutate(Array("\"e1\"".utf8), &numbers), as: UTF8.self),
            idempotencyKey: String(decoding: mutate(Array("\"k\"".utf8), &numbers), as: UTF8.self),
            isLenient: round % 8 < 4)
        }
      if try request.error() == nil { bound += 1 }
    }
    #expect(bound > 100)
  }

  @Test("is multipart in one piece if and only if it is in many", .covers("T83"))
  func pieces() throws {
    var numbers = Numbers(state: 7)
    let text = Array(
      ("x\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--\r\n--b\r\n"
        + "content-disposition: form-data; name=\"b\"; filename=c\r\nContent-Type: a/b\r\n\r\n"
        + "\r\r\n--B\r\n--b--").utf8)
    for _ in 0..<2000 {
      let bytes = mutate(text, &numbers)
      let whole = events(bytes, step: max(bytes.count, 1))
      #expect(events(bytes, step: 1 + numbers.next(9)) == whole)
    }
  }

  /// What a reader makes of pieces: names and content, or nil.
  private func events(_ bytes: [UInt8], step: Int) -> [String]? {
    var found: [String] = []
    do throws(TranscodingError) {
      var reader = try MultipartReader(boundary: "b")
      var content: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: step) {
        let piece = Array(bytes[start..<min(start + step, bytes.count)])
        try piece.withUnsafeBufferPointer { piece throws(TranscodingError) in
          try reader.feed(UnsafeRawBufferPointer(piece)) { event throws(TranscodingError) in
            switch event {
            case .part(let part): found.append("\(part)")
            case .data(let data): content += data
            case .end:
              found.append("\(content)")
              content = []
            }
          }
        }
      }
      try reader.finish()
      return found
    } catch {
      return nil
    }
  }
}
