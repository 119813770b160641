import ArgumentParser

/// The platform's one executable: it serves, migrates, and does what operators do.
@main
struct Program: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "artel",
    abstract: "A multi-tenant platform: gRPC and REST from the same contracts.",
    subcommands: [
      ServeCommand.self, BridgeCommand.self, OpenAPICommand.self, MigrateCommand.self,
      TenantCommand.self,
      IssuerCommand.self, ClientCommand.self, CertificateCommand.self, AuthorityCommand.self,
      TokenCommand.self, KeyCommand.self, VaultCommand.self, AuditCommand.self, CallCommand.self,
    ])

  /// Runs the command; a wrong configuration exits with 78 (sysexits.h), anything else that fails
  /// with 1.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as SettingsError {
      Output.fail(error.problems.map { "artel: \($0)" }, code: 78)
    } catch let error as ExitCode {
      exit(withError: error)
    } catch let error where exitCode(for: error) == .validationFailure || isHelp(error) {
      exit(withError: error)
    } catch {
      Output.fail(["artel: \(error)"], code: 1)
    }
  }

  private static func isHelp(_ error: any Error) -> Bool { exitCode(for: error) == .success }
}
