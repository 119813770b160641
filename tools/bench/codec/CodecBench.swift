import GeneratedPeer
import SwiftProtobuf
import Transcoding

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Measures the coder between JSON and protobuf's wire, beside SwiftProtobuf's own JSON in the same
/// run, round after round in turn, and takes medians of CPU time.
///
///     codec-bench [ROUNDS]
///
/// Ends with 1 if a bar is missed.
@main
enum CodecBench {
  static func main() throws {
    let rounds = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) : 9
    guard let rounds, rounds > 0 else {
      print("usage: codec-bench [ROUNDS]")
      exit(64)
    }
    let listType = try Contract.type("ListResidentsResponse")
    let list = Subject(name: "list of 100", message: Samples.list(100), type: listType)
    let cyrillic = Subject(
      name: "list of 100 in Russian", message: Samples.cyrillicList(100), type: listType)
    let call = Subject(
      name: "call of 1 KiB", message: Samples.visit(), type: try Contract.type("CreateVisitRequest")
    )
    var isMet = true
    print("| subject | way | ours MB/s | SwiftProtobuf MB/s | times | ours µs |")
    print("|---|---|---|---|---|---|")
    for subject in [list, cyrillic, call] as [any Measurable] {
      let result = try subject.measure(rounds: rounds)
      for (way, pair) in [("JSON → wire", result.parsing), ("wire → JSON", result.printing)] {
        let ours = Double(result.size) / pair.ours / 1e6
        let theirs = Double(result.size) / pair.theirs / 1e6
        print(
          "| \(result.name), \(result.size) B of JSON | \(way) | \(shown(ours, 0)) |"
            + " \(shown(theirs, 0)) | \(shown(ours / theirs, 1)) | \(shown(pair.ours * 1e6, 2)) |")
        if result.name != call.name, ours < 200 || ours / theirs < 5 { isMet = false }
      }
      let both = (result.parsing.ours + result.printing.ours) * 1e6
      if result.name == call.name, both >= 10 { isMet = false }
    }
    print(isMet ? "every bar is met" : "a bar is missed: 200 MB/s, 5 times, 10 µs for both ways")
    if !isMet { exit(1) }
  }

  private static func shown(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return digits == 0 ? String(Int(rounded)) : String(rounded)
  }
}
