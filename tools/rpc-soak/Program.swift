import RPC

/// Breaks calls in every way there is, for a while, and then looks for what is left of them.
///
///     rpc-soak [--seconds N] [--tls FOLDER]
///
/// Servers and clients live in one process. The servers are drained under load and started again,
/// connections are shut down under them, clients are dropped while their calls run. FOLDER has
/// `roots.pem`, and `server` and `client`, each as `.pem` and `.key`: with it there is a third door,
/// with TLS. The last line says what was done; the exit status is 0 where nothing is left.
@main
struct Program {
  static func main() async throws {
    let settings = try Settings(CommandLine.arguments.dropFirst())
    let doors = try settings.makeDoors()
    // The core starts threads and opens descriptors for good when it is used for the first time.
    try await Soak(doors: doors).run(for: .seconds(1))
    let before = Residue.now()
    let soak = Soak(doors: doors)
    try await soak.run(for: .seconds(settings.seconds))
    let left = await Residue.settled(like: before)
    let complaints = soak.tally.complaints + left.complaints(since: before)
    print("rpc-soak: \(soak.tally.summary); \(left)")
    guard complaints.isEmpty else {
      throw SoakFailure(description: complaints.joined(separator: "; "))
    }
  }
}

/// What is wrong.
struct SoakFailure: Error, CustomStringConvertible {
  let description: String
}
