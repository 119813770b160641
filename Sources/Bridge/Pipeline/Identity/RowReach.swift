public import GeneratedOptions
import Mutation

/// How much of its tenant a call reaches.
public enum RowReach: Sendable, Hashable {
  /// What is the person's own, as each table's policy says.
  case own
  /// Everything of the tenant.
  case tenant

  /// The reach of a principal's call under what the contract says: only people are narrowed, and a
  /// contract that says nothing narrows them.
  public init(_ rows: Artel_Options_V1_Rows, for kind: Artel_Options_V1_PrincipalKind) {
    switch (kind, rows) {
    case _ where Mutation.isOn(.reachesWholeTenant):
      self = .tenant
    case (.partner, _), (.service, _), (.administrator, _), (_, .tenant), (_, .decided):
      self = .tenant
    default:
      self = .own
    }
  }
}
