import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: Connect by GET")
struct ConnectGetTests {
  @Test(
    "takes the message of a GET in every form",
    arguments: [
      "encoding=json&message=%7B%22name%22%3A%22n%22%7D",
      "connect=v1&encoding=proto&base64=1&message=CgFu",
      "encoding=json&base64=1&message=eyJuYW1lIjoibiJ9", "encoding=proto&base64=1&message=CgFu&x=y",
    ])
  func getForms(query: String) async throws {
    let read = Files.serve(
      "Read",
      .unary { message, _ in
        UnaryReply(message: Files.receipt(Files.text(1, message) ?? ""))
      })
    try await Door.with([read], schema: Files.schema) { door throws in
      let answer = try door.exchange("GET", "/test.v1.Files/Read?" + query)
      #expect(answer.status == 200)
      #expect(answer.text.contains("n"))
      #expect(try door.exchange("HEAD", "/test.v1.Files/Read?" + query).status == 405)
    }
  }

  @Test("refuses a GET with a body, which would be put behind its message")
  func body() async throws {
    let read = Files.serve("Read", .unary { message, _ in UnaryReply(message: message) })
    try await Door.with([read], schema: Files.schema) { door throws in
      let answer = try door.exchange(
        "GET", "/test.v1.Files/Read?encoding=proto&base64=1&message=CgFu", body: "\n\u{1}x")
      #expect(answer.status == 400)
      #expect(answer.json("code") == "invalid_argument")
    }
  }

  @Test(
    "refuses a GET that has no message or cannot be read",
    arguments: [
      ("encoding=json", 400), ("message=%7B%7D", 415), ("encoding=xml&message=%7B%7D", 415),
      ("encoding=json&message=%7", 400), ("encoding=proto&base64=1&message=C", 400),
      ("connect=v2&encoding=json&message=%7B%7D", 400),
      ("compression=br&encoding=json&message=%7B%7D", 501),
    ])
  func badGet(query: String, status: Int) async throws {
    let read = Files.serve("Read", .unary { message, _ in UnaryReply(message: message) })
    try await Door.with([read], schema: Files.schema) { door throws in
      #expect(try door.exchange("GET", "/test.v1.Files/Read?" + query).status == status)
    }
  }
}
