import CZlib
import NIOCore
import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: compressed bodies")
struct CodingTests {
  private static let write = Files.serve("Write", .unary { bytes, _ in UnaryReply(message: bytes) })

  private func post(
    _ client: RawClient, _ coding: String, _ body: [UInt8], _ more: [String] = []
  ) throws -> Response {
    let lines =
      ["POST /v1/notes HTTP/1.1", "Host: a", "Content-Type: application/json"]
      + ["Content-Encoding: \(coding)", "Content-Length: \(body.count)"] + more
    client.send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    return try client.response()
  }

  @Test("takes gzip, zlib's deflate and deflate without its header", .covers("T64"))
  func codings() async throws {
    let json = Array(#"{"name":"A","note":"n"}"#.utf8)
    try await Door.with([Self.write], schema: Files.schema) { door throws in
      let client = try door.connect()
      for (coding, bits) in [
        ("gzip", 31), ("x-gzip", 31), ("GZIP", 31), ("deflate", 15), ("deflate", -15),
        ("identity, gzip", 31),
      ] as [(String, Int32)] {
        let response = try post(client, coding, Zip.deflate(json, bits: bits))
        #expect(response.json("note") == "n", "\(coding)")
      }
      // Two members behind one another are one text (RFC 1952 section 2.2).
      let members =
        Zip.deflate(Array(json.prefix(9)), bits: 31)
        + Zip.deflate(Array(json.dropFirst(9)), bits: 31)
      #expect(try post(client, "gzip", members).json("note") == "n")
      #expect(try post(client, "identity", json).json("note") == "n")
    }
  }

  @Test("refuses other codings, and several, with what it takes", .covers("T64"))
  func unknown() async throws {
    try await Door.with([Self.write], schema: Files.schema) { door throws in
      let client = try door.connect()
      for coding in ["br", "gzip, gzip", "deflate, gzip", "zstd", "gzip, br"] {
        let response = try post(client, coding, Array("{}".utf8))
        #expect(response.status == 415)
        #expect(response["accept-encoding"] == "gzip, deflate")
        #expect(response.json("error", "status") == "INVALID_ARGUMENT")
      }
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("refuses what its coding does not describe, or what is cut off")
  func broken() async throws {
    let whole = Zip.deflate(Array(#"{"note":"n"}"#.utf8), bits: 31)
    // Another checksum.
    let changed = whole.dropLast(6) + [~whole[whole.count - 6]] + whole.suffix(5)
    try await Door.with([Self.write], schema: Files.schema) { door throws in
      for (coding, body) in [
        ("gzip", Array(whole.dropLast())), ("gzip", Array(whole.prefix(5))),
        ("gzip", Array(changed)),
        ("gzip", Array("{}".utf8)), ("gzip", whole + [1, 2, 3]),
        ("deflate", Zip.deflate([1], bits: 15) + [0]), ("deflate", [0xFF, 0xFF, 0xFF]),
      ] {
        let response = try post(try door.connect(), coding, body)
        #expect(response.status == 400)
        #expect(response.json("error", "message")?.contains("content-encoding") == true)
      }
    }
  }

  @Test("stops inflating at the limit, before the handler is called", .covers("T64", "S-F14"))
  func bomb() async throws {
    let called = Shared(0)
    let method = Files.serve(
      "Write",
      .unary { bytes, _ in
        called.value += 1
        return UnaryReply(message: bytes)
      })
    let bomb = Zip.deflate([UInt8](repeating: 0x20, count: 64 << 20), bits: 31)
    #expect(bomb.count < 1 << 17)
    try await Door.with([method], schema: Files.schema) { door throws in
      let response = try post(try door.connect(), "gzip", bomb)
      #expect(response.status == 413)
      #expect(response["connection"] == "close")
      #expect(called.value == 0)
    }
  }

  @Test("stops an upload that grows out of nothing", .covers("T64"))
  func ratio() async throws {
    let method = Files.upload { source, _ in
      while try await source.next() != nil {}
      return Files.receipt("r")
    }
    let bomb = Zip.deflate([UInt8](repeating: 0, count: 32 << 20), bits: 31)
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      let head =
        "PUT /v1/uploads/1 HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: "
      client.send(Array("\(head)\(bomb.count)\r\n\r\n".utf8) + bomb)
      #expect(try client.response().status == 413)
    }
  }

  @Test("inflates an upload while it arrives")
  func upload() async throws {
    let method = Files.upload { source, _ in
      var data: [UInt8] = []
      while let message = try await source.next() { data += Files.content(message).data }
      return Files.receipt("r", note: String(decoding: data, as: UTF8.self))
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      let body = Zip.deflate(Array("hello hello hello".utf8), bits: 31)
      let head =
        "PUT /v1/uploads/1 HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: "
      client.send("\(head)\(body.count)\r\n\r\n")
      for byte in body { client.send([byte]) }
      #expect(try client.response().json("note") == "hello hello hello")
      client.send(Array("\(head)\(body.count - 1)\r\n\r\n".utf8) + body.dropLast())
      #expect(try client.response().status == 400)
      client.disconnect()
      let other = try door.connect()
      other.send(
        "PUT /v1/uploads/1 HTTP/1.1\r\nHost: a\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\na"
      )
      #expect(try other.response().status == 415)
    }
  }

  @Test("inflates random bytes, whatever their cuts are")
  func cuts() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let plain = (0..<Int.random(in: 0...300_000, using: &random)).map { _ in
        UInt8.random(in: 0...9, using: &random)
      }
      let coded = Zip.deflate(plain, bits: 31)
      let inflater = Inflater(.gzip, limit: 1 << 20)
      var result: [UInt8] = []
      var rest = coded[...]
      while !rest.isEmpty {
        let part = rest.prefix(Int.random(in: 1...20_000, using: &random))
        rest = rest.dropFirst(part.count)
        try inflater.accept(ByteBuffer(bytes: part)) { result += $0.readableBytesView }
      }
      try inflater.end()
      #expect(result == plain)
    }
  }
}

/// zlib, as a peer has it.
enum Zip {
  /// - Parameter bits: 31 for gzip, 15 for zlib, -15 for deflate alone.
  static func deflate(_ bytes: [UInt8], bits: Int32) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    return [UInt8](unsafeUninitializedCapacity: bytes.count + bytes.count / 8 + 64) { room, count in
      input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = room.baseAddress
        stream.avail_out = UInt32(room.count)
        precondition(CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END, "there is room for all")
        count = room.count - Int(stream.avail_out)
      }
    }
  }

  /// The text of some gzip, as far as it can be read.
  static func inflate(_ bytes: [UInt8]) -> String {
    var stream = z_stream()
    artel_inflate_init_bits(&stream, 31)
    defer { inflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: 1 << 20)
    let count = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        CZlib.inflate(&stream, Z_SYNC_FLUSH)
        return output.count - Int(stream.avail_out)
      }
    }
    return String(decoding: output[..<count], as: UTF8.self)
  }
}
