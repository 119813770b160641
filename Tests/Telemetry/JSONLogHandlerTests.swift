import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Telemetry

@Suite("A log line")
struct JSONLogHandlerTests {
  private final class Lines: Sendable {
    let bytes = Mutex<[UInt8]>([])
    func logger(_ label: String) -> Logger {
      Logger(label: label) { label in
        JSONLogHandler(label: label) { line in self.bytes.withLock { $0 += line } }
      }
    }
    var objects: [[String: String]] {
      get throws {
        try bytes.withLock { bytes in
          try bytes.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode([String: String].self, from: Data($0))
          }
        }
      }
    }
  }

  @Test("is a JSON object with time, level, logger, message and metadata")
  func object() throws {
    let lines = Lines()
    lines.logger("door").warning("opened", metadata: ["who": "anna", "n": "\(3)"])
    let object = try #require(try lines.objects.first)
    #expect(object["level"] == "warning")
    #expect(object["logger"] == "door")
    #expect(object["message"] == "opened")
    #expect(object["who"] == "anna")
    #expect(object["n"] == "3")
    #expect(object["time"]?.hasSuffix("Z") == true)
  }

  @Test("stays one line whatever it holds", .covers("S-H9"))
  func injection() throws {
    let lines = Lines()
    let hostile = "a\r\n{\"level\":\"error\"}\u{1b}[31m\u{0}\"\\ и\u{2028}\u{9b}2J\u{202e}€"
    lines.logger("x").info("\(hostile)", metadata: ["k\"\n": "\(hostile)", "time": "fake"])
    let objects = try lines.objects
    #expect(objects.count == 1)
    #expect(objects.first?["message"] == hostile)
    #expect(objects.first?["k\"\n"] == hostile)
    #expect(objects.first?["_time"] == "fake")
    #expect(lines.bytes.withLock { $0.filter { $0 < 0x20 } } == [0x0a])
    let text = lines.bytes.withLock { String(decoding: $0, as: UTF8.self) }
    #expect(text.contains("\\u009b2J\\u202e€") && text.contains("и\\u2028"))
  }

  @Test("cuts what is long, and says so", .covers("S-H9"))
  func long() throws {
    let lines = Lines()
    let long = String(repeating: "я\r\n{\"level\":\"error\"}", count: 50_000)
    lines.logger("x").info("\(long)", metadata: ["header": "\(long)"])
    let object = try #require(try lines.objects.first)
    let mark = "…[cut: \(long.utf8.count) bytes]"
    #expect(object["message"]?.hasSuffix(mark) == true)
    #expect(object["header"]?.hasSuffix(mark) == true)
    #expect(lines.bytes.withLock { $0.count } < 60_000)
    #expect(lines.bytes.withLock { bytes in bytes.count { $0 == 0x0A } } == 1)
  }

  @Test("of a call has the numbers of its trace", .covers("A34", "B31"))
  func traced() async throws {
    let lines = Lines()
    let context = SpanContext.make()
    TraceScope.$current.withValue(TraceScope(context: context)) {
      lines.logger("x").info("within", metadata: ["trace_id": "fake"])
    }
    lines.logger("x").info("outside")
    let objects = try lines.objects
    #expect(objects.first?["trace_id"] == context.traceID.description)
    #expect(objects.first?["span_id"] == context.spanID.description)
    #expect(objects.first?["_trace_id"] == "fake")
    #expect(objects.last?["trace_id"] == nil)
  }

  @Test("does not show what is secret by its type", .covers("S-H9"))
  func secret() throws {
    struct Login { let name = "anna", password = Secret("hunter2") }
    let lines = Lines()
    let logger = lines.logger("x")
    logger.info(
      "\(Login()) \(Secret("hunter2"))", metadata: ["l": "\(String(reflecting: Login()))"])
    var dumped = ""
    dump(Login(), to: &dumped)
    logger.info("\(dumped)", metadata: ["m": .stringConvertible(Secret("hunter2"))])
    let text = lines.bytes.withLock { String(decoding: $0, as: UTF8.self) }
    #expect(!text.contains("hunter2"))
    #expect(text.contains("[secret]"))
    #expect(Login().password.value == "hunter2")
  }

  @Test("is written from the level on that its logger has")
  func levels() {
    let levels = LogLevels(
      .info, others: ["artel.calls": .warning, "artel": .debug, "artel.calls.rest": .error])
    #expect(levels.level(of: "grpc.core") == .info)
    #expect(levels.level(of: "artel") == .debug)
    #expect(levels.level(of: "artel.callsign") == .debug)
    #expect(levels.level(of: "artel.calls") == .warning)
    #expect(levels.level(of: "artel.calls.rest.x") == .error)
  }

  @Test("tells the time in UTC with milliseconds")
  func time() {
    let date = Date(timeIntervalSince1970: 1_767_225_600.25)
    #expect(JSONLogHandler.timestamp(date) == "2026-01-01T00:00:00.250Z")
  }

  @Test(
    "tells the time of any day",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_400, "2000-02-29T00:00:00.000Z"),
      (951_868_800, "2000-03-01T00:00:00.000Z"), (946_684_799.999, "1999-12-31T23:59:59.999Z"),
      (4_107_542_399, "2100-02-28T23:59:59.000Z"), (4_107_542_400, "2100-03-01T00:00:00.000Z"),
      (1_835_395_200, "2028-02-29T00:00:00.000Z"), (-0.5, "1969-12-31T23:59:59.500Z"),
    ])
  func days(seconds: Double, text: String) {
    #expect(JSONLogHandler.timestamp(Date(timeIntervalSince1970: seconds)) == text)
  }
}
