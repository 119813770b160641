import GeneratedDescriptors
import GeneratedOptions
import TestSupport
import Testing
import Transcoding

@Suite("Personal and secret fields of the contracts")
struct SealedFieldsTests {
  /// What is personal or secret and not sealed, and why that is right. Reviewed: who adds a line says
  /// where the value is, or that it is nowhere.
  private static let exceptions: [String: String] = [
    "artel.audit.v1.AuditEntry.actor": "a person is sealed by hand, in sealed_origin",
    "artel.audit.v1.AuditEntry.address": "a person's is sealed by hand, in sealed_origin",
    "artel.audit.v1.PlatformAuditEntry.network": "of callers of whom nothing else is known",
    "artel.auth.v1.AuthorizeResponse.location":
      "made for one answer; the code is stored as its hash",
    "artel.auth.v1.Token.access_token": "never stored",
    "artel.auth.v1.Token.refresh_token": "follows from refresh_family.sealed_secret",
    "artel.auth.v1.Token.id_token": "never stored",
    "artel.auth.v1.TokenIntrospection.sub": "read from the token",
    "artel.certificates.v1.EnrollmentCode.code": "stored as its hash",
    "artel.operations.v1.ClientErrorEvent.type":
      "redacted into the log; stored without what differs",
    "artel.operations.v1.ClientErrorEvent.message":
      "redacted into the log; stored without what differs",
    "artel.operations.v1.ClientErrorEvent.stack":
      "redacted into the log; stored without what differs",
    "artel.operations.v1.ClientErrorEvent.screen":
      "redacted into the log; stored without what differs",
    "artel.operations.v1.ClientErrorLabel.value": "redacted into the log, never stored",
    "artel.people.v1.BrowserSession.login": "opened from person.sealed_login",
    "artel.people.v1.BrowserSession.display_name": "opened from person.sealed_display_name",
    "artel.people.v1.ConsentDecision.location": "made for one answer",
    "artel.people.v1.PasskeyChallenge.challenge": "stored as its hash",
    "artel.people.v1.PasskeyChallenge.credential_ids": "a random number of the authenticator's",
    "artel.people.v1.PasskeyCreation.challenge": "stored as its hash",
    "artel.people.v1.PasskeyCreation.user_id": "the bytes of the person's identifier",
    "artel.people.v1.PasskeyCreation.user_name": "opened from person.sealed_login",
    "artel.people.v1.PasskeyCreation.user_display_name": "opened from person.sealed_display_name",
    "artel.people.v1.PasskeyCreation.excluded_credential_ids": "random numbers of authenticators",
    "artel.people.v1.PasskeyAttestation.client_data_json": "checked, never stored",
    "artel.people.v1.PasskeyAttestation.attestation_object": "the public key alone is stored",
    "artel.people.v1.PasskeyAssertion.credential_id": "a random number of the authenticator's",
    "artel.people.v1.PasskeyAssertion.client_data_json": "checked, never stored",
    "artel.people.v1.PasskeyAssertion.authenticator_data": "checked, never stored",
    "artel.people.v1.PasskeyAssertion.signature": "checked, never stored",
    "artel.people.v1.PasskeyAssertion.user_handle": "the bytes of the person's identifier",
    "artel.people.v1.Invitation.uri": "its token is stored as its hash",
    "artel.people.v1.SignIn.token": "stored as its hash",
    "artel.people.v1.SignIn.recovery_codes": "stored as their hashes",
    "artel.people.v1.SignIn.login": "opened from person.sealed_login",
    "artel.people.v1.SignIn.location": "made for one answer",
    "artel.people.v1.Authenticator.secret": "sealed by hand, as bytes, in sealed_authenticator",
    "artel.people.v1.Authenticator.uri": "made for one answer, of what is sealed",
    "artel.privacy.v1.SubjectRecord.fields": "an export: opened from where it is",
    "artel.residential.v1.Member.subject":
      "a pseudonym, which row-level security compares; whose it is, is sealed in person",
    "artel.residential.v1.Command.requested_by": "a pseudonym, which row-level security compares",
    "artel.residential.v1.AccessEvent.subject": "a pseudonym, which row-level security compares",
    "artel.tenancy.v1.ClientSecret.secret": "stored as its hash",
    "artel.tenancy.v1.FirstAdministrator.login": "given to person.sealed_login, never answered",
    "artel.tenancy.v1.FirstAdministrator.invitation_uri": "its token is stored as its hash",
  ]

  /// Every message that a method of ours takes or answers, and all below them.
  private func messages() throws -> [String: MessageSchema] {
    let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
    var found: [String: MessageSchema] = [:]
    var waiting = schema.methods.filter { $0.serviceName.hasPrefix("artel.") }
      .flatMap { [$0.input, $0.output] }
    while let message = waiting.popLast() {
      guard message.fullName.hasPrefix("artel."), found[message.fullName] == nil else { continue }
      found[message.fullName] = message
      waiting += message.fields.compactMap(\.message)
    }
    return found
  }

  @Test("are sealed where they are stored, or there is a reason", .covers("A10", "B03"))
  func everyField() throws {
    var open: Set<String> = []
    var sealed = 0
    for (name, message) in try messages() where !name.hasSuffix("Request") {
      for field in message.fields where [.personal, .secret].contains(field.dataClass) {
        if field.sealed != nil { sealed += 1 } else { open.insert("\(name).\(field.name)") }
      }
    }
    #expect(open.subtracting(Self.exceptions.keys).sorted() == [])
    #expect(Set(Self.exceptions.keys).subtracting(open).sorted() == [])
    #expect(sealed >= 5)
  }
}
