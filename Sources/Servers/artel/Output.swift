import Foundation
import Telemetry

/// What the program says to whoever started it.
enum Output {
  /// Writes a value as one line of JSON to standard output.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    StandardStreams.writeOutput(Array(try encoder.encode(value)) + [UInt8(ascii: "\n")])
  }

  /// Writes a text to standard output as it is.
  static func text(_ text: String) { StandardStreams.writeOutput(Array(text.utf8)) }

  /// Writes lines to standard error and ends the process.
  static func fail(_ lines: [String], code: Int32) -> Never {
    for line in lines { StandardStreams.writeError(Array("\(line)\n".utf8)) }
    Foundation.exit(code)
  }
}
