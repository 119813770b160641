#if Mutations
  import FoundationEssentials
#endif

/// A deliberate bug: one security check, left out where it is made. Each has to make a test fail,
/// which `tools/mutations` proves.
///
/// There are none in the program: without the package trait `Mutations`, nothing is ever on, and
/// neither this type nor a name of it is left in what the compiler writes. With the trait, the one
/// that the environment variable ARTEL_MUTATION names is on.
public struct Mutation: Sendable {
  #if Mutations
    /// As ARTEL_MUTATION has it.
    let name: String

    /// Takes the name of the property that makes it.
    public init(_ name: String = #function) { self.name = name }

    private static let chosen = ProcessInfo.processInfo.environment["ARTEL_MUTATION"]

    /// Whether the bug is in.
    public static func isOn(_ mutation: Mutation) -> Bool { mutation.name == chosen }
  #else
    /// Holds nothing.
    @_transparent @_alwaysEmitIntoClient
    public init() {}

    /// Whether the bug is in: never. Not transparent, or the compiler would warn that the bugs are
    /// never run; where it optimizes, they are gone all the same.
    @inlinable
    public static func isOn(_ mutation: Mutation) -> Bool { false }
  #endif
}
