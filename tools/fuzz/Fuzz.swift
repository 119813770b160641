#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Feeds what libFuzzer makes up to the parsers that read what strangers send.
///
///     fuzz json|wire|path|query|multipart [OPTION OF LIBFUZZER…] CORPUS
///     fuzz seeds json|wire|path|query|multipart FOLDER     writes what to begin with
///
/// tools/fuzz/run builds and starts it. A crash, a hang, a leak or a broken promise (two coders that
/// disagree, a message that does not come back) ends it with the input on disk.
@main
enum Fuzz {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 4, arguments[1] == "seeds", let subject = Subjects.named(arguments[2]) {
      return try Seeds.write(subject.seeds(), to: arguments[3])
    }
    guard arguments.count > 1, Subjects.named(arguments[1]) != nil else {
      print("usage: fuzz [seeds] \(Subjects.all.map(\.name).joined(separator: "|")) …")
      exit(64)
    }
    // libFuzzer sees its own arguments alone.
    CommandLine.unsafeArgv[1] = CommandLine.unsafeArgv[0]
    var count = CommandLine.argc - 1
    var values = CommandLine.unsafeArgv + 1
    exit(
      runDriver(&count, &values) { bytes, count in
        Subjects.chosen.run(UnsafeBufferPointer(start: bytes, count: count))
        return 0
      })
  }
}

/// libFuzzer's own main (`LLVMFuzzerRunDriver` of its FuzzerInterface.h): it calls the function with
/// one input after the other.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ values: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
