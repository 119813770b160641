import ArgumentParser
import GeneratedOptions
import Pipeline
import Platform

/// `artel tenant …`: creates and suspends tenants.
struct TenantCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenant",
    abstract:
      "Creates, suspends, exports, archives, restores and erases tenants; invites administrators.",
    subcommands: [
      Create.self, Invite.self, Console.self, Suspend.self, Resume.self, Export.self, Archive.self,
      Restore.self, Erase.self,
    ])

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case residential, bank, cooperative, store

    var contract: Artel_Options_V1_TenantKind {
      switch self {
      case .residential: .residential
      case .bank: .bank
      case .cooperative: .cooperative
      case .store: .store
      }
    }
  }

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Creates a tenant with its signing key and its certificate authority.")

    @Argument(help: "The name: a DNS label in lower case, such as alpha.") var name: String
    @Option(help: "What the tenant is.") var kind: Kind
    @Option(help: "What it calls itself.") var displayName: String
    @Option(
      help: "The database cell that is to hold its rows; this process's where it is not said.")
    var cell: String?

    @Option(help: "The e-mail address or telephone number of the first administrator.")
    var administrator: String?

    private struct Created: Encodable {
      let tenant, tenantId, issuer: String
      let invitation: String?
    }

    func run() async throws {
      let environment = try await Environment()
      let cell = cell ?? environment.settings.cell
      let (tenant, invitation) = try await environment.administer {
        administration, _ -> (Tenant, String?) in
        guard let administrator else {
          let tenant = try await administration.createTenant(
            name: name, displayName: displayName, kind: kind.contract, cell: cell)
          return (tenant, nil)
        }
        let made = try await administration.createTenant(
          name: name, displayName: displayName, kind: kind.contract, cell: cell,
          administrator: administrator)
        let usual = administration.consoleAddress(of: made.tenant)
        let address = environment.settings.addressAtDoor(usual)
        if address != usual {
          _ = try await administration.admitConsole(to: made.tenant, at: [address])
        }
        return made
      }
      try Output.json(
        Created(
          tenant: "tenants/\(tenant.name)", tenantId: tenant.id, issuer: tenant.issuer,
          invitation: invitation.map(environment.settings.addressAtDoor)))
    }
  }

  struct Suspend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Refuses every call of a tenant.")
    @Argument(help: "The tenant's name.") var name: String
    @Option(help: "Why, for the tenant's audit.") var reason = "by command"

    func run() async throws {
      try await Environment().administer { administration, directory in
        try await administration.suspend(try await directory.known(name), reason: reason)
      }
      try Output.json(TenantState(tenant: "tenants/\(name)", state: "SUSPENDED"))
    }
  }

  struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves a suspended tenant again.")
    @Argument(help: "The tenant's name.") var name: String
    @Option(help: "Why, for the tenant's audit.") var reason = "by command"

    func run() async throws {
      try await Environment().administer { administration, directory in
        try await administration.resume(try await directory.known(name), reason: reason)
      }
      try Output.json(TenantState(tenant: "tenants/\(name)", state: "ACTIVE"))
    }
  }

  struct TenantState: Encodable { let tenant, state: String }
}

extension PlatformDirectory {
  /// The tenant of a name.
  ///
  /// - Throws: `ValidationError` where there is none.
  func known(_ name: String) async throws -> Tenant {
    guard let tenant = try await tenant(named: name) else {
      throw OperatorError(description: "there is no tenant \(name)")
    }
    return tenant
  }
}

/// What an operator asked for that cannot be.
struct OperatorError: Error, Sendable, CustomStringConvertible {
  let description: String
}
