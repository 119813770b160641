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
    let hostile = "a\r\n{\"level\":\"error\"}\u{1b}[31m\u{0}\"\\ и\u{2028}"
    lines.logger("x").info("\(hostile)", metadata: ["k\"\n": "\(hostile)", "time": "fake"])
    let objects = try lines.objects
    #expect(objects.count == 1)
    #expect(objects.first?["message"] == hostile)
    #expect(objects.first?["k\"\n"] == hostile)
    #expect(objects.first?["_time"] == "fake")
    #expect(lines.bytes.withLock { $0.filter { $0 < 0x20 } } == [0x0a])
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
