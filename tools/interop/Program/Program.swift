import ArgumentParser

/// gRPC's interoperability tests over this runtime: either side of them, for the other side to be
/// any implementation.
@main
struct Program: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interop",
    abstract: "Serves gRPC's interoperability tests, or calls a server that does.",
    subcommands: [ServeCommand.self, CallCommand.self])
}
