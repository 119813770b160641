import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: streams of JSON messages to a method")
struct MessageStreamTests {
  /// Answers with the notes of all messages, and the name of the last.
  static let fill = Files.upload("Fill") { source, _ in
    var notes: [String] = []
    var name = ""
    while let message = try await source.next() {
      notes.append(Files.text(2, message) ?? "-")
      name = Files.text(1, message) ?? "-"
    }
    return Files.receipt(name, note: notes.joined(separator: ","))
  }

  static func head(_ type: String, _ length: Int?, _ more: String = "") -> String {
    "POST /v1/sets/1:fill HTTP/1.1\r\nHost: a\r\nContent-Type: \(type)\r\n\(more)"
      + (length.map { "Content-Length: \($0)\r\n\r\n" } ?? "Transfer-Encoding: chunked\r\n\r\n")
  }

  static func request(_ type: String, _ body: String) -> String {
    head(type, body.utf8.count) + body
  }

  @Test("come as an array or as lines, each with what the path says", .covers("T77"))
  func forms() async throws {
    try await Door.with([Self.fill], schema: Files.schema) { door throws in
      let client = try door.connect()
      let bodies = [
        ("application/json", #"[{"note":"a"},{"note":"b"} , {"note":"c"}]"#),
        ("application/x-ndjson", "{\"note\":\"a\"}\n{\"note\":\"b\"}\r\n\n{\"note\":\"c\"}"),
        (
          "application/x-ndjson; charset=utf-8",
          "{\"note\":\"a\"}\n{\"note\":\"b\"}\n{\"note\":\"c\"}\n"
        ),
      ]
      for (type, body) in bodies {
        client.send(Self.request(type, body))
        let response = try client.response()
        #expect(response.status == 200)
        #expect(response.json("note") == "a,b,c")
        #expect(response.json("name") == "sets/1")
      }
    }
  }

  @Test("reach the handler one by one, before the next has come", .covers("T77"))
  func oneByOne() async throws {
    let seen = Shared<[String]>([])
    let signals = [Signal(), Signal()]
    let method = Files.upload("Fill") { source, _ in
      var count = 0
      while let message = try await source.next() {
        seen.value.append(Files.text(2, message) ?? "-")
        signals[count].happen()
        count += 1
      }
      return Files.receipt("r")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let parts = [#"[{"note":"a"}"#, ",", #"{"note":"b"}"#, "]"]
      let client = try door.connect()
      client.send(Self.head("application/json", nil))
      func send(_ part: String) {
        client.send("\(String(part.utf8.count, radix: 16))\r\n\(part)\r\n")
      }
      send(parts[0])
      await signals[0].wait()
      #expect(seen.value == ["a"])
      send(parts[1])
      send(parts[2])
      await signals[1].wait()
      #expect(seen.value == ["a", "b"])
      send(parts[3])
      client.send("0\r\n\r\n")
      #expect(try client.response().status == 200)
    }
  }

  @Test("are none where there is no body, an empty array or blank lines")
  func none() async throws {
    try await Door.with([Self.fill], schema: Files.schema) { door throws in
      let client = try door.connect()
      for (type, body) in [
        ("application/json", ""), ("application/json", " [ ]\n"), ("application/x-ndjson", "\n\n"),
      ] {
        client.send(Self.request(type, body))
        let response = try client.response()
        #expect(response.status == 200)
        #expect(response.json("note") ?? "" == "")
      }
      client.send("POST /v1/sets/1:fill HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
      #expect(try client.response().status == 200)
    }
  }

  @Test("are refused with the number of the message and its field; those before it came")
  func wrongField() async throws {
    let seen = Shared<[String]>([])
    let method = Files.upload("Fill") { source, _ in
      while let message = try await source.next() {
        seen.value.append(Files.text(2, message) ?? "-")
      }
      return Files.receipt("r")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      for (body, field) in [
        (#"[{"note":"a"},{"nots":"b"},{"note":"c"}]"#, "nots"),
        (#"[{"note":"a"},{"name":"sets/2"}]"#, "name"),
        (#"[{"note":"a"},{"note":1}]"#, "note"),
      ] {
        seen.value = []
        let client = try door.connect()
        client.send(Self.request("application/json", body))
        let response = try client.response()
        #expect(response.status == 400)
        #expect(response.json("error", "message")?.hasPrefix("message 2 of the stream: ") == true)
        #expect(response.json("error", "message")?.contains(" \(field): ") == true)
        #expect(seen.value == ["a"])
      }
    }
  }

  @Test(
    "are refused where they are no sequence",
    arguments: [
      ("application/json", #"{"note":"a"}"#), ("application/json", #"[{"note":"a"}"#),
      ("application/json", #"[{"note":"a"},]"#), ("application/json", #"[{"note":"a"}]]"#),
      ("application/json", "[null]"), ("application/x-ndjson", "[]\n"),
      ("application/x-ndjson", "{\n}"),
    ])
  func noSequence(type: String, body: String) async throws {
    try await Door.with([Self.fill], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(Self.request(type, body))
      let response = try client.response()
      #expect(response.status == 400)
      #expect(response.json("error", "status") == "INVALID_ARGUMENT")
    }
  }

  @Test("are refused with 415 where they are of another type, before the handler begins")
  func type() async throws {
    let begun = Shared(0)
    let method = Files.upload("Fill") { _, _ in
      begun.value += 1
      return Files.receipt("r")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      for type in [
        "text/plain", "application/merge-patch+json", "application/json; charset=koi8-r",
      ] {
        let client = try door.connect()
        client.send(Self.request(type, "[]"))
        let response = try client.response()
        #expect(response.status == 415)
        #expect(response["accept"]?.contains("application/x-ndjson") == true)
      }
      #expect(begun.value == 0)
    }
  }

  @Test("have a limit for each message, and none for all of them")
  func limit() async throws {
    let count = Files.upload("Fill") { source, _ in
      var count = 0
      while try await source.next() != nil { count += 1 }
      return Files.receipt("r", note: "\(count)")
    }
    try await Door.with(
      [count], schema: Files.schema, configure: { $0.maxBodyBytes = 10_000 }
    ) { door throws in
      let client = try door.connect()
      let line = "{\"note\":\"\(String(repeating: "a", count: 5_000))\"}\n"
      client.send(Self.request("application/x-ndjson", String(repeating: line, count: 100)))
      #expect(try client.response().json("note") == "100")
      client.send(
        Self.request(
          "application/x-ndjson", "{\"note\":\"\(String(repeating: "a", count: 10_000))\"}"))
      #expect(try client.response().status == 413)
    }
  }
}
