import GeneratedPeople
import Pipeline
import RPC

/// What a person's creation or update asks for, checked. Nil leaves a field.
struct PersonUpdate: Sendable {
  var displayName: String?
  var login: String?
  var administrator: Bool?
  /// Role identifiers, each once.
  var roles: [String]?

  /// An administrator with a login that is checked.
  init(login: String, administrator: Bool) {
    self.login = login
    self.administrator = administrator
  }

  private static let paths: Set<String> = ["display_name", "login", "administrator", "roles"]

  /// - Parameter mask: the paths to change; nil takes every field that has a value.
  /// - Throws: INVALID_ARGUMENT for a path that nobody can change, or a value that cannot be.
  init(_ person: Artel_People_V1_Member, mask: [String]?) throws(RPCError) {
    for path in mask ?? []
    where !Self.paths.contains(path) && path != "name" && path != "etag" {
      throw Refusal.invalid("update_mask", "has a path that cannot be changed: \(path)")
    }
    func isMeant(_ path: String, _ hasValue: Bool) -> Bool { mask?.contains(path) ?? hasValue }
    if isMeant("display_name", !person.displayName.isEmpty) {
      displayName =
        person.displayName.isEmpty
        ? "" : try DisplayName.checked(person.displayName, "member.display_name")
    }
    if isMeant("login", !person.login.isEmpty) {
      guard let normalized = Login.normalized(person.login) else {
        throw Refusal.invalid(
          "member.login", "must be an e-mail address or a telephone number such as +79161234567")
      }
      login = normalized
    }
    if isMeant("administrator", person.administrator) { administrator = person.administrator }
    if isMeant("roles", !person.roles.isEmpty) {
      roles = Set(person.roles.map { String($0.dropFirst("roles/".count)) }).sorted()
    }
  }

  /// What changed, for the audit; nothing that names a person.
  var summary: String {
    [
      displayName.map { _ in "display_name" }, login.map { _ in "login" },
      administrator.map { "administrator=\($0)" },
      roles.map { "roles=[\($0.joined(separator: " "))]" },
    ].compactMap { $0 }.joined(separator: " ")
  }
}
